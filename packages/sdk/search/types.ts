import type { ConversationId, Reply, UserId } from '@hongyan/protocol';
import type { Highlight } from '@hongyan/protocol/search';
import type { EngineQueries, Question } from '../engine/types.ts';
import type { ClientStore } from '../stores/store.ts';
import type { Message } from '../types.ts';

/** What a message is; one that has a text and a link in it is both. */
export type SearchKind = 'text' | 'link' | 'contact' | 'bundle';

/** What is looked for: all that is given has to fit. A text, a sender or kinds are given. */
export interface SearchQuery {
  /**
   * Terms between spaces, in any order; in quotation marks they stand as they are. The last word may be the beginning of one.
   * At most 256 UTF-16 code units.
   */
  text?: string;
  /** In one conversation; without it, in all of the account's. */
  conversationId?: ConversationId | undefined;
  senderId?: UserId | undefined;
  /** Any of them; none: all. */
  kinds?: readonly SearchKind[];
  /** Sent at this time or later, by the server's clock. */
  since?: Date | undefined;
  /** Sent before this time. */
  until?: Date | undefined;
  /** `next` of the page before, with the same query. */
  after?: SearchPlace | undefined;
  /** Hits of a page, at most 50. */
  limit?: number;
}

/** A message that was found, as it is shown now. */
export interface SearchHit {
  message: Message;
  /** What of it was compared with the query: what it says, with what a link's preview and a bundle's messages say. */
  text: string;
  /** The parts of `text` that the query found; none where nothing was asked of the text. */
  highlights: readonly Highlight[];
}

export interface SearchPage {
  /** Newest first. */
  hits: readonly SearchHit[];
  /** To be given as `after` for the page that follows; undefined: that was all. */
  next: SearchPlace | undefined;
  /** Whether all was searched that the account may read; false: only what this device holds, as the server was not reached. */
  complete: boolean;
}

/** How far a search has come. It goes on where it began: at the server, or on this device. */
export type SearchPlace =
  | { from: 'server'; cursor: Extract<Question, { case: 'search' }>['value']['before'] }
  | { from: 'device'; walks: readonly SearchWalk[] };

/** How far one conversation was looked through, from its end downwards. */
export interface SearchWalk {
  conversationId: ConversationId;
  /** What is left is before it, and not later than `timeMs`. */
  beforeSeq: number;
  timeMs: number;
}

/** What searching needs of a client. */
export interface SearchParts {
  engine: EngineQueries;
  store: ClientStore;
  /** Who is signed in; throws SdkError `signed-out`. */
  me(): UserId;
  /** Asks the server; rejects with SdkError. */
  ask(question: Question): Promise<NonNullable<Reply['body']>>;
}

/** What `createClient` takes as `search`, so that applications which do not search carry none of it. */
export type SearchFeature = (parts: SearchParts) => (query: SearchQuery) => Promise<SearchPage>;
