import type { SearchFilter } from '@hongyan/core/ports';
import { matches, parseQuery, queryTokens, searchableOf } from '@hongyan/protocol/search';
import {
  dayOf,
  dayTerm,
  type IndexedMessage,
  isCharacter,
  kindTerm,
  SPAN_DAYS,
  senderTerm,
  spanTerm,
} from './terms.ts';

/** Terms of which a message has one. */
export type AnyOf = readonly { term: string; isPrefix: boolean }[];

export interface Matcher {
  /** What the index has of every message that fits, without a block's prefix; undefined: none can fit. */
  readonly wanted: readonly AnyOf[] | undefined;
  /** Whether a message that the index gave does fit. */
  fits(message: IndexedMessage): boolean;
}

export function createMatcher({ text, senderIds, kinds, fromMs, toMs }: SearchFilter): Matcher {
  const query = text === '' ? undefined : parseQuery(text);
  const tokens = query === undefined ? [] : queryTokens(query);
  const wanted: AnyOf[] = [
    ...tokens.map((token) => [{ term: token.text, isPrefix: token.isPrefix || isCharacter(token.text) }]),
    exactly(senderIds.map(senderTerm)),
    exactly(kinds.map(kindTerm)),
    exactly(timeTerms(fromMs, toMs)),
  ].filter((anyOf) => anyOf.length > 0);
  const isEmpty = query === undefined ? senderIds.length + kinds.length === 0 : query.terms.length === 0;
  const isImpossible = isEmpty || fromMs >= toMs;
  return {
    wanted: isImpossible ? undefined : wanted,
    fits({ senderId, serverTimeMs, body }) {
      if (isImpossible || serverTimeMs < fromMs || serverTimeMs >= toMs || body.length === 0) return false;
      if (senderIds.length > 0 && !senderIds.includes(senderId)) return false;
      const searchable = searchableOf(body);
      if (kinds.length > 0 && !kinds.some((kind) => searchable.kinds.includes(kind))) return false;
      return query === undefined || matches(searchable.text, query);
    },
  };
}

const exactly = (terms: readonly string[]): AnyOf => terms.map((term) => ({ term, isPrefix: false }));

/** Longer times are left to the messages themselves. */
const SPANS_MAX = 64;

/** The days of a short time, the spans of a longer one; none: any time. */
function timeTerms(fromMs: number, toMs: number): string[] {
  const days = [dayOf(fromMs), dayOf(toMs - 1)] as const;
  if (days[1] - days[0] < SPAN_DAYS) return range(...days).map(dayTerm);
  const spans = [Math.floor(days[0] / SPAN_DAYS), Math.floor(days[1] / SPAN_DAYS)] as const;
  return spans[1] - spans[0] < SPANS_MAX ? range(...spans).map(spanTerm) : [];
}

const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, at) => from + at);
