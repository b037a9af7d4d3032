import type { Conversation, Unread } from '../types.ts';

export const NOTHING_UNREAD: Unread = { messages: 0, mentions: 0, conversations: 0 };

/** What is unread in all conversations together; the same object until that is another. */
export class UnreadTotal {
  #of: readonly Conversation[] = [];
  #total = NOTHING_UNREAD;

  read(conversations: readonly Conversation[]): Unread {
    if (conversations === this.#of) return this.#total;
    this.#of = conversations;
    const total = conversations.reduce(withConversation, NOTHING_UNREAD);
    if (!isSame(total, this.#total)) this.#total = total;
    return this.#total;
  }
}

/** REC-10: without what the account does not want to be told of. */
function withConversation(total: Unread, conversation: Conversation): Unread {
  const { notify, mentionCount, markedUnread } = conversation;
  const messages = unreadOf(conversation);
  return {
    messages: total.messages + messages,
    mentions: total.mentions + (notify === 'none' ? 0 : mentionCount),
    conversations: total.conversations + (messages > 0 || markedUnread ? 1 : 0),
  };
}

function unreadOf({ notify, unreadCount, mentionCount }: Conversation): number {
  switch (notify) {
    case 'all':
      return unreadCount;
    case 'mentions':
      return mentionCount;
    case 'none':
      return 0;
  }
}

const isSame = (a: Unread, b: Unread): boolean =>
  a.messages === b.messages && a.mentions === b.mentions && a.conversations === b.conversations;
