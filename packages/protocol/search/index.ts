export { SEARCHED_CHARACTERS_MAX, type Searchable, searchableOf } from './content.ts';
export { type Highlight, highlightsOf } from './highlights.ts';
export { matches } from './matches.ts';
export { parseQuery, type QueryToken, queryTokens, type SearchQuery } from './query.ts';
export { searchTokens } from './tokens.ts';
