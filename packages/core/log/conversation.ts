import {
  type ConversationId,
  ConversationKind,
  type Cursor,
  conversationHash,
  type Facts,
  parseConversationId,
  Role,
  type UserId,
} from '@hongyan/protocol';
import { NO_FACTS } from '../conversation/facts.ts';
import type { ConversationHead, MemberHead, StoredMember } from '../ports/store.ts';
import { hasReceipts } from '../receipt/visible.ts';

/**
 * What the server knows of one conversation while it is in use. It may lag behind the store; whoever decides by facts or
 * members says which ones they were (`AppendRequest.basisSeq`).
 */
export interface Conversation {
  readonly id: ConversationId;
  /** As devices name it in what they hold (SYN-8). */
  readonly hash: number;
  readonly kind: ConversationKind;
  lastSeq: number;
  facts: Facts;
  /** Those who are members now; another list when that changes. */
  members: readonly UserId[];
  /** What each of them is, and how far. */
  readonly memberships: Map<UserId, MemberHead>;
}

/** A conversation nothing was appended to yet; undefined when the id cannot be one, or does not say who belongs to it. */
export function emptyConversation(id: ConversationId): Conversation | undefined {
  const parsed = parseConversationId(id);
  if (parsed?.members === undefined) return undefined;
  return withMembers(
    id,
    parsed.kind,
    parsed.members.map((userId) => unread(plainMember(userId))),
  );
}

/** A conversation as the store has it, with all its members; undefined when the id cannot be one. */
export function storedConversation(head: ConversationHead): Conversation | undefined {
  const parsed = parseConversationId(head.conversationId);
  if (parsed === undefined) return undefined;
  const conversation = withMembers(head.conversationId, parsed.kind, head.members);
  absorbHead(conversation, head);
  return conversation;
}

/** A member who is nothing else, from the beginning on. */
export const plainMember = (userId: UserId): StoredMember => ({
  userId,
  role: Role.MEMBER,
  nickname: '',
  mutedUntilMs: 0,
  fromSeq: 1,
  untilSeq: 0,
});

const unread = (member: StoredMember): MemberHead => ({ ...member, deliveredSeq: 0, readSeq: 0 });

function withMembers(id: ConversationId, kind: ConversationKind, members: readonly MemberHead[]): Conversation {
  const memberships = new Map(members.map((member) => [member.userId, { ...member }]));
  const userIds = [...memberships.keys()];
  return { id, hash: conversationHash(id), kind, members: userIds, memberships, facts: NO_FACTS, lastSeq: 0 };
}

/** Takes over what the store holds; nothing moves backwards. */
export function absorbHead(conversation: Conversation, head: ConversationHead): void {
  const isWhole = head.members.length === head.memberCount && head.members.every(({ untilSeq }) => untilSeq === 0);
  conversation.lastSeq = Math.max(conversation.lastSeq, head.lastSeq);
  if (isWhole && head.facts !== undefined && head.facts.seq > conversation.facts.seq) {
    applyChange(conversation, head.facts, head.members);
    const present = new Set(head.members.map(({ userId }) => userId));
    removeMembers(
      conversation,
      conversation.members.filter((userId) => !present.has(userId)),
    );
  }
  for (const stored of head.members) {
    const known = conversation.memberships.get(stored.userId);
    if (known === undefined) continue;
    known.deliveredSeq = Math.max(known.deliveredSeq, stored.deliveredSeq);
    known.readSeq = Math.max(known.readSeq, stored.readSeq);
  }
}

/** Takes over what an entry made of the conversation: `members` are rows as they are from then on. */
export function applyChange(conversation: Conversation, facts: Facts, members: readonly StoredMember[]): void {
  if (facts.seq <= conversation.facts.seq) return;
  conversation.facts = facts;
  const added: UserId[] = [];
  for (const member of members) {
    const known = conversation.memberships.get(member.userId);
    if (known !== undefined) Object.assign(known, member);
    else if (member.untilSeq === 0) {
      conversation.memberships.set(member.userId, unread(member));
      added.push(member.userId);
    }
  }
  if (added.length > 0) conversation.members = [...conversation.members, ...added];
  const left = members.filter(({ untilSeq }) => untilSeq > 0).map(({ userId }) => userId);
  removeMembers(conversation, left);
}

function removeMembers(conversation: Conversation, userIds: readonly UserId[]): void {
  if (userIds.length === 0) return;
  for (const userId of userIds) conversation.memberships.delete(userId);
  conversation.members = conversation.members.filter((userId) => conversation.memberships.has(userId));
}

export const isMember = (conversation: Conversation, userId: UserId): boolean => conversation.memberships.has(userId);

/** The members who may read the entry at `seq` (GRP-1). */
export const readersOf = ({ members, memberships }: Conversation, seq: number): readonly UserId[] =>
  members.filter((userId) => (memberships.get(userId)?.fromSeq ?? 0) <= seq);

/** The other one of a direct conversation. */
export const peerIn = ({ kind, members }: Conversation, userId: UserId): UserId | undefined =>
  kind === ConversationKind.DIRECT ? members.find((memberId) => memberId !== userId) : undefined;

/** Whether members are told of each other's cursors: not in a large group (RCP-8), and not where the policy says so. */
export const tellsReceipts = ({ members, facts }: Conversation): boolean =>
  hasReceipts(members.length) && facts.policy?.receiptsHidden !== true;

/** The cursors that `userId` is told of: all members', or one's own. */
export function cursorsFor(conversation: Conversation, userId: UserId): Cursor[] {
  const { members, memberships } = conversation;
  const told = tellsReceipts(conversation) ? members : [userId];
  return told.flatMap((memberId) => {
    const member = memberships.get(memberId);
    return member === undefined ? [] : [cursorOf(member)];
  });
}

export const cursorOf = ({ userId, deliveredSeq, readSeq }: MemberHead): Cursor => ({ userId, deliveredSeq, readSeq });
