import { wordToken } from './tokens.ts';
import { type Unit, unitsOf } from './units.ts';

/** More of a query is passed over. */
const QUERY_UNITS_MAX = 64;

/** Units that have to follow each other in a text. */
export interface Term {
  units: readonly Unit[];
  /** Whether a longer word may stand for the last one. */
  isOpen: boolean;
}

/** What somebody looks for; made by `parseQuery` only. */
export interface SearchQuery {
  /** A text has all of them. None: nothing is looked for, and nothing found. */
  terms: readonly Term[];
}

/** What an index has to have of a text. */
export interface QueryToken {
  text: string;
  /** Whether a token that begins with it will do. */
  isPrefix: boolean;
}

const marks = '"＂“”„‟«»「」『』';
const parts = new RegExp(`[${marks}]([^${marks}]*)(?:[${marks}]|$)|[^\\s${marks}]+`, 'gu');

/**
 * Reads what somebody typed. Terms stand between spaces; a text has them all, anywhere. What is one term (`order-1234`, `微信群`), or
 * stands in quotation marks, follows each other in the text. The last word may be the beginning of one, as it is while it is being
 * typed, and so may every Korean word, for the particles behind it; in quotation marks words are whole.
 */
export function parseQuery(query: string): SearchQuery {
  const terms: Term[] = [];
  let left = QUERY_UNITS_MAX;
  for (const { 0: part, 1: quoted } of query.matchAll(parts)) {
    if (left === 0) break;
    const units = unitsOf(quoted ?? part).slice(0, left);
    if (units.length === 0) continue;
    left -= units.length;
    terms.push({ units, isOpen: quoted === undefined && units.at(-1)?.kind === 'hangul' });
  }
  const last = terms.at(-1);
  const isQuoted = new RegExp(`[${marks}]\\s*$`, 'u').test(query);
  if (last !== undefined && !isQuoted) terms[terms.length - 1] = { ...last, isOpen: true };
  return { terms };
}

/**
 * What the index of every text that `matches` has, all of it: an index finds candidates with it, and misses none. Of scripts without
 * spaces it is pairs of characters, and a character only where it stands alone.
 */
export function queryTokens(query: string | SearchQuery): QueryToken[] {
  const { terms } = typeof query === 'string' ? parseQuery(query) : query;
  const tokens = new Map<string, QueryToken>();
  for (const { units, isOpen } of terms) {
    for (const [index, { kind, text, isJoined }] of units.entries()) {
      const next = units[index + 1];
      if (kind === 'characters' && !isJoined && next?.isJoined) continue;
      const before = isJoined ? (units[index - 1]?.text ?? '') : '';
      const isPrefix = kind !== 'characters' && isOpen && next === undefined;
      const token = { text: kind === 'characters' ? before + text : wordToken(text), isPrefix };
      tokens.set(`${token.text}${isPrefix ? '*' : ''}`, token);
    }
  }
  return [...tokens.values()];
}
