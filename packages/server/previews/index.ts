export type { LinkPreview } from './link-preview.ts';
export { LinkPreviews, type PreviewAnswer } from './link-previews.ts';
export { createNetwork, type Network } from './network.ts';
export { hostOf, URL_LENGTH_MAX } from './page-url.ts';
