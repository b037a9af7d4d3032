import type { Position } from '@hongyan/protocol';
import type { Conversation } from '../log/conversation.ts';
import { cursorSum } from '../receipt/cursor.ts';

/** What a device that stated `position` has to be told of a conversation. */
export type Difference =
  | { kind: 'none' }
  /** The state only: it holds the log, or more than the log (SYN-7). */
  | { kind: 'state' }
  /** The state, and the newest page of what follows `afterSeq`; 0: the device holds nothing yet. */
  | { kind: 'entries'; afterSeq: number };

/** Compares a device's position with the conversation (SYN-1, SYN-2). */
export function difference(conversation: Conversation, position: Position | undefined): Difference {
  if (position === undefined || position.seq === 0) {
    return conversation.lastSeq === 0 ? { kind: 'none' } : { kind: 'entries', afterSeq: 0 };
  }
  if (position.seq < conversation.lastSeq) return { kind: 'entries', afterSeq: position.seq };
  const same = position.seq === conversation.lastSeq && position.cursorSum === cursorSum(conversation.cursors.values());
  return same ? { kind: 'none' } : { kind: 'state' };
}
