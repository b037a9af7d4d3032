import type { PageHead } from './head-reader.ts';
import { hostOf, parsePageUrl } from './page-url.ts';
import { plainLine } from './plain-line.ts';

const TITLE_CHARACTERS_MAX = 200;
const DESCRIPTION_CHARACTERS_MAX = 400;
const SITE_NAME_CHARACTERS_MAX = 64;

/** What is shown of a page beside a link to it. All of it is what the page claims, as plain text, but for `url`. */
export interface LinkPreview {
  /** Where the page was, behind all redirects. */
  url: string;
  title: string;
  /** Empty when the page has none. */
  description: string;
  /** What the site calls itself, else the host. */
  siteName: string;
  /** Where the page says its picture is. Nothing has fetched it. */
  imageUrl: string | undefined;
}

/** undefined when the page does not even have a title. */
export function linkPreviewOf({ title, meta }: PageHead, url: URL): LinkPreview | undefined {
  const first = (charactersMax: number, ...candidates: (string | undefined)[]) =>
    candidates.map((text = '') => plainLine(text, charactersMax)).find((text) => text !== '') ?? '';
  const shown = first(TITLE_CHARACTERS_MAX, meta.get('og:title'), meta.get('twitter:title'), title);
  if (shown === '') return undefined;
  const description = [meta.get('og:description'), meta.get('twitter:description'), meta.get('description')];
  return {
    url: url.href,
    title: shown,
    description: first(DESCRIPTION_CHARACTERS_MAX, ...description),
    siteName: first(SITE_NAME_CHARACTERS_MAX, meta.get('og:site_name'), hostOf(url)),
    imageUrl: imageOf(meta, url),
  };
}

/** Where a device would load it from one day, so it is held to the same rules as the page. */
function imageOf(meta: PageHead['meta'], page: URL): string | undefined {
  const said = meta.get('og:image:secure_url') ?? meta.get('og:image') ?? meta.get('twitter:image');
  return said?.trim() ? parsePageUrl(said.trim(), page)?.href : undefined;
}
