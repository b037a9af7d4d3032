import {
  type ConversationId,
  type ConversationKind,
  type Cursor,
  conversationHash,
  parseConversationId,
  type UserId,
} from '@hongyan/protocol';
import type { ConversationHead } from '../ports/store.ts';
import type { CursorPosition } from '../receipt/cursor.ts';
import { hasReceipts } from '../receipt/visible.ts';

/** What the server knows of one conversation while it is in use. `lastSeq` and `cursors` may lag behind the store. */
export interface Conversation {
  readonly id: ConversationId;
  /** As devices name it in what they hold (SYN-8). */
  readonly hash: number;
  readonly kind: ConversationKind;
  readonly members: readonly UserId[];
  lastSeq: number;
  readonly cursors: Map<UserId, CursorPosition>;
}

/** A conversation nothing was appended to yet; undefined when the id cannot be one, or does not say who belongs to it. */
export function emptyConversation(id: ConversationId): Conversation | undefined {
  const parsed = parseConversationId(id);
  return parsed?.members === undefined ? undefined : withMembers(id, parsed.kind, parsed.members);
}

/** A conversation as the store has it; undefined when the id cannot be one. */
export function storedConversation(head: ConversationHead): Conversation | undefined {
  const parsed = parseConversationId(head.conversationId);
  if (parsed === undefined) return undefined;
  const members = parsed.members ?? head.cursors.map(({ userId }) => userId);
  const conversation = withMembers(head.conversationId, parsed.kind, members);
  absorbHead(conversation, head);
  return conversation;
}

function withMembers(id: ConversationId, kind: ConversationKind, members: readonly UserId[]): Conversation {
  const cursors = new Map(members.map((userId) => [userId, { deliveredSeq: 0, readSeq: 0 }]));
  return { id, hash: conversationHash(id), kind, members, lastSeq: 0, cursors };
}

/** Takes over what the store holds; nothing moves backwards. */
export function absorbHead(conversation: Conversation, head: ConversationHead): void {
  conversation.lastSeq = Math.max(conversation.lastSeq, head.lastSeq);
  for (const stored of head.cursors) {
    const known = conversation.cursors.get(stored.userId);
    if (known === undefined) continue;
    known.deliveredSeq = Math.max(known.deliveredSeq, stored.deliveredSeq);
    known.readSeq = Math.max(known.readSeq, stored.readSeq);
  }
}

export const isMember = (conversation: Conversation, userId: UserId): boolean => conversation.cursors.has(userId);

/** The cursors that `userId` is told of: all members', or in a large group one's own (RCP-8). */
export function cursorsFor({ members, cursors }: Conversation, userId: UserId): Cursor[] {
  const told = hasReceipts(members.length) ? members : [userId];
  return told.flatMap((memberId) => {
    const position = cursors.get(memberId);
    return position === undefined ? [] : [{ userId: memberId, ...position }];
  });
}
