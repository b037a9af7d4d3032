import type { ContentKind, ConversationId, Entry, UserId } from '@hongyan/protocol';

/** Ranges that one `find` may name. */
export const FIND_RANGES_MAX = 32;

/**
 * Finds messages by what they say and are. What every adapter guarantees beside what `Store` says:
 *
 * - **Only what is there.** A message is found by its text as it is in the snapshot that the answer is read from: by that of
 *   its last EDIT alone, and not at all once it was erased, from the commit on that did either.
 * - **Only what is covered.** In the same snapshot the viewer's membership covers the message and, where its text is an EDIT's,
 *   that too; else it is found by the text that the viewer may read, or not at all.
 * - **All of it, soon.** Every message is found from the moment on at which `index` has passed it. What waits for that is
 *   written in the commit that appends it, so that nothing is passed over, whatever dies.
 * - **In small steps.** `index` and `find` do a bounded piece of work each and say what is left, so that those who write and
 *   read beside them do not wait long.
 */
export interface SearchStore {
  /**
   * Takes entries that wait into the index, about `limit` at most: new ones first, then those that were there before there was
   * an index. Answers about how many it has passed; 0: nothing waits. Any number of nodes may do it at once.
   */
  index(limit: number): Promise<number>;
  /** The conversations that an account may read something of, the most recently active first. */
  scopes(userId: UserId, limit: number): Promise<SearchScope[]>;
  /** What is found in each range, in the order of the ranges, of which there are FIND_RANGES_MAX at most. */
  find(query: FindQuery): Promise<FoundRun[]>;
}

export interface SearchScope {
  conversationId: ConversationId;
  /** The end of what the account may read. */
  lastSeq: number;
  /** `serverTimeMs` of the conversation's last entry. */
  lastTimeMs: number;
}

/** What a message has to be; all of it. One that names neither text nor sender nor kind finds nothing. */
export interface SearchFilter {
  /** As somebody typed it; '' fits all. */
  text: string;
  /** By any of them; none: by anybody. */
  senderIds: readonly UserId[];
  /** Of any of them; none: of any kind. */
  kinds: readonly ContentKind[];
  /** `serverTimeMs` is at least this. */
  fromMs: number;
  /** Exclusive; Number.MAX_SAFE_INTEGER for no bound. */
  toMs: number;
}

export interface FindQuery {
  viewerId: UserId;
  filter: SearchFilter;
  ranges: readonly SearchRange[];
  /** In each range. */
  hitsMax: number;
}

export interface SearchRange {
  conversationId: ConversationId;
  /** Exclusive; looked at from there downwards. */
  beforeSeq: number;
}

export interface FoundRun {
  /** The newest ones in the range, descending, as the log has them. */
  hits: Entry[];
  /**
   * What is below has not been looked at; 0: nothing is left. Of all ranges of a `find` together something was looked at,
   * unless nothing was left in any.
   */
  beforeSeq: number;
}
