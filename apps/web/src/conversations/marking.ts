import { useClient } from '../client/useClient.ts';
import { useNavigation } from '../client/useNavigation.ts';

/** Marks conversations as unread, to come back to them, or as read without opening them. */
export function useMarking() {
  const { conversations, sdk } = useClient();
  const { openId, close } = useNavigation();

  /** There has to be something to come back to. */
  function canMarkUnread(id: string): boolean {
    const conversation = conversations.value.find((item) => item.id === id);
    return conversation?.lastMessage?.seq !== undefined && conversation.unreadCount === 0;
  }

  function markUnread(id: string): void {
    sdk.markUnread(id);
    if (openId.value === id) close();
  }

  function markRead(id: string): void {
    sdk.markRead(id);
  }

  return { canMarkUnread, markUnread, markRead };
}
