import type { UserId } from '@hongyan/protocol';
import type { CursorPosition } from './cursor.ts';

/** In a larger group nobody is told of everybody's cursors (RCP-8). */
export const RECEIPT_MEMBERS_MAX = 500;

export interface MemberCursor extends CursorPosition {
  userId: UserId;
}

/** Whether the members of a conversation with so many are told of each other's cursors (RCP-8). */
export const hasReceipts = (memberCount: number): boolean => memberCount <= RECEIPT_MEMBERS_MAX;

/** Which of a conversation's cursors, one for each member, `userId` is told of: all, or one's own. */
export function visibleCursors<C extends MemberCursor>(cursors: readonly C[], userId: UserId): readonly C[] {
  return hasReceipts(cursors.length) ? cursors : cursors.filter((cursor) => cursor.userId === userId);
}
