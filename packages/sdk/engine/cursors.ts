import { type ConversationId, type Cursor, parseConversationId, type UserId } from '@hongyan/protocol';

/** RCP-3: cursors merge by max. */
export function mergeCursor(known: Cursor | undefined, stated: Cursor): Cursor {
  const readSeq = Math.max(known?.readSeq ?? 0, stated.readSeq);
  const deliveredSeq = Math.max(known?.deliveredSeq ?? 0, stated.deliveredSeq, readSeq);
  if (known && known.readSeq === readSeq && known.deliveredSeq === deliveredSeq) return known;
  return { userId: stated.userId, deliveredSeq, readSeq };
}

export function mergeCursors(known: readonly Cursor[], stated: readonly Cursor[]): Cursor[] {
  const merged = new Map(known.map((cursor) => [cursor.userId, cursor]));
  for (const cursor of stated) merged.set(cursor.userId, mergeCursor(merged.get(cursor.userId), cursor));
  return [...merged.values()];
}

/** The cursors of a conversation nobody has said anything in. */
export function initialCursors(conversationId: ConversationId): Cursor[] {
  const members = parseConversationId(conversationId)?.members ?? [];
  return members.map((userId) => ({ userId, deliveredSeq: 0, readSeq: 0 }));
}

/** What Position.cursor_sum means. */
export function cursorSum(cursors: Iterable<Cursor>): number {
  let sum = 0;
  for (const cursor of cursors) sum += cursor.deliveredSeq + cursor.readSeq;
  return sum;
}

/** How far all the others are; undefined when there is nobody else. */
export function othersProgress(
  cursors: Iterable<Cursor>,
  me: UserId,
): { deliveredSeq: number; readSeq: number } | undefined {
  let progress: { deliveredSeq: number; readSeq: number } | undefined;
  for (const { userId, deliveredSeq, readSeq } of cursors) {
    if (userId === me) continue;
    progress = {
      deliveredSeq: Math.min(progress?.deliveredSeq ?? deliveredSeq, deliveredSeq),
      readSeq: Math.min(progress?.readSeq ?? readSeq, readSeq),
    };
  }
  return progress;
}
