import { type Conversation, cursorsFor, type Store } from '@hongyan/core';
import type { ConversationState, Limits, UserId } from '@hongyan/protocol';

/** Entries looked at for one count: behind a longer run of one's own, older ones by others are not found. */
const UNREAD_SCAN_MAX = 2_000;

/** The wire form of a conversation's state as `userId` sees it; unread is counted from the log (RCP-5). */
export async function conversationState(
  store: Store,
  limits: Limits,
  conversation: Conversation,
  userId: UserId,
): Promise<ConversationState> {
  const { id, kind, lastSeq } = conversation;
  const cursors = cursorsFor(conversation, userId);
  const readSeq = conversation.cursors.get(userId)?.readSeq ?? 0;
  const hasOthers = conversation.members.some((memberId) => memberId !== userId);
  const unreadCount =
    hasOthers && readSeq < lastSeq
      ? await store.log.countOthers({
          conversationId: id,
          userId,
          afterSeq: readSeq,
          throughSeq: lastSeq,
          max: limits.unreadCountMax,
          scanMax: UNREAD_SCAN_MAX,
        })
      : 0;
  return { conversationId: id, kind, lastSeq, cursors, unreadCount };
}
