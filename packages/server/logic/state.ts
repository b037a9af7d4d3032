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
    readSeq >= lastSeq
      ? 0
      : await store.log.countOthers({ conversationId: id, userId, afterSeq: readSeq, max: limits.unreadCountMax });
  return { conversationId: id, kind, lastSeq, cursors, unreadCount };
}
