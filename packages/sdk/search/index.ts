export { type Highlight, highlightsOf } from '@hongyan/protocol/search';
export { searchMessages } from './search-messages.ts';
export type { SearchFeature, SearchHit, SearchKind, SearchPage, SearchPlace, SearchQuery } from './types.ts';
