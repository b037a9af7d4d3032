import { type Conversation, ConversationKind, type Message, Role } from '@hongyan/sdk';

// A server's own limits may be others; it has the last word.
const EDIT_WITHIN_MS = 24 * 3_600_000;
const RECALL_WITHIN_MS = 600_000;

export interface Offered {
  reply: boolean;
  react: boolean;
  copy: boolean;
  edit: boolean;
  recall: boolean;
  forward: boolean;
  pin: boolean;
  select: boolean;
  /** To the notes to oneself. */
  save: boolean;
  link: boolean;
  /** Who has read it. */
  receipts: boolean;
}

/** Whether the account can still say something in a conversation; undefined is one in which nothing was said yet. */
export const isOpen = (conversation: Conversation | undefined, nowMs: number): boolean =>
  conversation === undefined || (!conversation.former && !conversation.dissolved && conversation.mutedUntilMs <= nowMs);

/** What can be done with a message now. The server decides; this keeps what it would refuse out of the menu. */
export function offered(message: Message, conversation: Conversation | undefined, nowMs: number): Offered {
  const { content, mine, seq, state } = message;
  const isText = content.kind === 'text';
  const isContent = isText || content.kind === 'contact' || content.kind === 'bundle';
  const isPlaced = isContent && seq !== undefined;
  const ageMs = nowMs - message.timeMs;
  const writable = isOpen(conversation, nowMs);
  const mayRecall = isManager(conversation) ? mine || seq !== undefined : mine && ageMs < RECALL_WITHIN_MS;
  return {
    reply: isPlaced && writable,
    react: isPlaced && writable,
    copy: isText,
    edit: isText && mine && writable && ageMs < EDIT_WITHIN_MS && state.name !== 'failed',
    recall: isContent && state.name !== 'failed' && mayRecall,
    forward: isContent,
    pin: isPlaced && writable && mayPin(conversation),
    select: isContent,
    save: isContent && conversation?.kind !== ConversationKind.SELF,
    link: isPlaced,
    receipts: isPlaced && mine && conversation?.kind === ConversationKind.GROUP && !conversation.policy?.receiptsHidden,
  };
}

const isManager = (conversation: Conversation | undefined): boolean =>
  conversation?.role === Role.OWNER || conversation?.role === Role.ADMIN;

function mayPin(conversation: Conversation | undefined): boolean {
  if (conversation === undefined) return false;
  return (
    conversation.kind !== ConversationKind.GROUP || isManager(conversation) || (conversation.policy?.membersPin ?? true)
  );
}
