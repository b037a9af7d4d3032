import type { Conversation, Message, Notify } from '@hongyan/sdk';

/** A line of the conversation list. */
export interface ListItem {
  id: string;
  peerId: string | undefined;
  lastMessage: Message | undefined;
  unreadCount: number;
  mentionCount: number;
  markedUnread: boolean;
  notify: Notify;
  onTop: boolean;
  failedCount: number;
  /** Undefined when nothing was ever written. */
  activeAtMs: number | undefined;
}

/** The conversations as they are, and after them the notes to oneself even before the first one. */
export function withNotes(conversations: readonly Conversation[], notesId: string): ListItem[] {
  if (conversations.some(({ id }) => id === notesId)) return [...conversations];
  const nothingYet = {
    lastMessage: undefined,
    unreadCount: 0,
    mentionCount: 0,
    markedUnread: false,
    notify: 'all' as const,
    onTop: false,
    failedCount: 0,
    activeAtMs: undefined,
  };
  return [...conversations, { id: notesId, peerId: undefined, ...nothingYet }];
}
