import { absorbHead, type Conversation, type Store } from '@hongyan/core';
import type { ConversationState, Limits, UserId } from '@hongyan/protocol';

/** How often the count is taken again because the log grew meanwhile. */
const COUNTS_MAX = 3;

/** The wire form of a conversation's state as `userId` sees it; unread is counted from the log (RCP-5). */
export async function conversationState(
  store: Store,
  limits: Limits,
  conversation: Conversation,
  userId: UserId,
): Promise<ConversationState> {
  for (let counts = 1; ; counts++) {
    const { id, kind, lastSeq } = conversation;
    const cursors = [...conversation.cursors].map(([memberId, cursor]) => ({ userId: memberId, ...cursor }));
    const readSeq = conversation.cursors.get(userId)?.readSeq ?? 0;
    const state = { conversationId: id, kind, lastSeq, cursors };
    if (readSeq >= lastSeq) return { ...state, unreadCount: 0 };
    const max = limits.unreadCountMax;
    const counted = await store.log.countOthers({ conversationId: id, userId, afterSeq: readSeq, max });
    // An entry committed since `lastSeq` was read may be counted; the reader would count it again when it comes.
    const head = await store.log.head(id);
    if (head !== undefined) absorbHead(conversation, head);
    if (conversation.lastSeq === lastSeq || counts === COUNTS_MAX) {
      return { ...state, unreadCount: Math.min(counted, lastSeq - readSeq) };
    }
  }
}
