import type { Conversation, Store } from '@hongyan/core';
import type { ConversationState, Limits, UserId } from '@hongyan/protocol';

/** The wire form of a conversation's state as `userId` sees it; unread is counted from the log (RCP-5). */
export async function conversationState(
  store: Store,
  limits: Limits,
  conversation: Conversation,
  userId: UserId,
): Promise<ConversationState> {
  const { id, kind, lastSeq } = conversation;
  const cursors = [...conversation.cursors].map(([memberId, cursor]) => ({ userId: memberId, ...cursor }));
  const readSeq = conversation.cursors.get(userId)?.readSeq ?? 0;
  const unreadCount =
    readSeq >= lastSeq ? 0 : await countUnread(store, limits.unreadCountMax, { id, userId, readSeq, lastSeq });
  return { conversationId: id, kind, lastSeq, cursors, unreadCount };
}

/** Others' entries in (readSeq, lastSeq], up to `max`. */
async function countUnread(
  store: Store,
  max: number,
  { id, userId, readSeq, lastSeq }: { id: string; userId: UserId; readSeq: number; lastSeq: number },
): Promise<number> {
  const counted = await store.log.countOthers({ conversationId: id, userId, afterSeq: readSeq, max });
  const log = { conversationId: id, beforeSeq: Number.MAX_SAFE_INTEGER };
  const newer = await store.log.read({ ...log, afterSeq: lastSeq, limit: 1, from: 'oldest' });
  if (newer.length === 0) return counted;
  // Entries committed meanwhile may have been counted; the reader would count them again when they come.
  const entries = await store.log.read({
    ...log,
    afterSeq: readSeq,
    beforeSeq: lastSeq + 1,
    limit: max,
    from: 'newest',
  });
  return entries.filter((entry) => entry.senderId !== userId).length;
}
