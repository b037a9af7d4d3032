import type { Position, UserId } from '@hongyan/protocol';
import { type Conversation, cursorsFor } from '../log/conversation.ts';
import { cursorSum } from '../receipt/cursor.ts';

/** What a device that stated `position` has to be told of a conversation. */
export type Difference =
  | { kind: 'none' }
  /** The state only: it holds the log, or more than the log (SYN-7). */
  | { kind: 'state' }
  /** The state, and the newest page of what follows `afterSeq`; 0: the device holds nothing yet. */
  | { kind: 'entries'; afterSeq: number };

/** Compares the position of a device of `userId` with the conversation (SYN-1, SYN-2). */
export function difference(conversation: Conversation, position: Position | undefined, userId: UserId): Difference {
  const differs = differenceFrom(position, conversation.lastSeq);
  if (differs.kind !== 'state' || position?.seq !== conversation.lastSeq) return differs;
  return position.cursorSum === cursorSum(cursorsFor(conversation, userId)) ? { kind: 'none' } : differs;
}

/** The same of a log that ends at `lastSeq`, whatever is known of cursors. */
export function differenceFrom(position: Position | undefined, lastSeq: number): Difference {
  if (position === undefined || position.seq === 0) {
    return lastSeq === 0 ? { kind: 'none' } : { kind: 'entries', afterSeq: 0 };
  }
  return position.seq < lastSeq ? { kind: 'entries', afterSeq: position.seq } : { kind: 'state' };
}
