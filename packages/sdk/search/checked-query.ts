import { ContentKind } from '@hongyan/protocol';
import { SdkError } from '../types.ts';
import type { SearchKind, SearchPlace, SearchQuery } from './types.ts';

const TEXT_CHARACTERS_MAX = 256;
const HITS_MAX = 50;

const contentKinds: Readonly<Record<SearchKind, ContentKind>> = {
  text: ContentKind.TEXT,
  link: ContentKind.LINK,
  contact: ContentKind.CONTACT,
  bundle: ContentKind.BUNDLE,
};

/** A query in the server's words. */
export interface CheckedQuery {
  text: string;
  conversationIds: string[];
  senderIds: string[];
  kinds: ContentKind[];
  fromMs: number;
  /** Exclusive; 0: no bound. */
  toMs: number;
  limit: number;
  after: SearchPlace | undefined;
}

/** SRC-6. Throws SdkError `invalid-input` for a query that asks for nothing, too much, or what cannot be. */
export function checkedQuery(query: SearchQuery): CheckedQuery {
  const { text = '', conversationId, senderId, kinds = [], since, until, after, limit = HITS_MAX } = query;
  const fromMs = Math.max(0, since?.getTime() ?? 0);
  const toMs = until?.getTime() ?? 0;
  if (text.trim() === '' && senderId === undefined && kinds.length === 0) throw invalid('it asks for nothing');
  if (text.length > TEXT_CHARACTERS_MAX) throw invalid('its text is too long');
  if (Number.isNaN(fromMs) || Number.isNaN(toMs)) throw invalid('its time is none');
  if (until !== undefined && toMs <= fromMs) throw invalid('its times cross');
  return {
    text,
    conversationIds: conversationId === undefined ? [] : [conversationId],
    senderIds: senderId === undefined ? [] : [senderId],
    kinds: [...new Set(kinds)].map((kind) => contentKinds[kind]),
    fromMs,
    toMs,
    limit: Math.min(Math.max(1, limit), HITS_MAX),
    after,
  };
}

const invalid = (why: string) => new SdkError('invalid-input', `this is no search: ${why}`);
