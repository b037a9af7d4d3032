import { type Conversation, cursorOf, cursorsFor, type MemberHead, type Store } from '@hongyan/core';
import {
  type ConversationId,
  ConversationKind,
  type ConversationState,
  type Limits,
  type Membership,
  parseConversationId,
  type UserId,
} from '@hongyan/protocol';

/** Entries looked at for one count: behind a longer run of what does not count, older messages are not found. */
const UNREAD_SCAN_MAX = 2_000;

type Counts = Pick<ConversationState, 'unreadCount' | 'mentionCount'>;

/** The wire form of a conversation's state as one of its members sees it; unread is counted from the log (RCP-5). */
export async function conversationState(
  store: Store,
  limits: Limits,
  conversation: Conversation,
  userId: UserId,
): Promise<ConversationState> {
  const { id, kind, lastSeq, facts } = conversation;
  const member = conversation.memberships.get(userId);
  const hasOthers = conversation.members.length > 1 || kind === ConversationKind.GROUP;
  return {
    conversationId: id,
    kind,
    lastSeq,
    cursors: cursorsFor(conversation, userId),
    ...(hasOthers && member ? await counts(store, limits, id, member, lastSeq) : NOTHING),
    facts: facts.seq > 0 ? facts : undefined,
    membership: kind === ConversationKind.GROUP && member ? membershipOf(member) : undefined,
  };
}

/** The same for somebody who was a member: as it was when that ended. */
export async function formerState(
  store: Store,
  limits: Limits,
  id: ConversationId,
  member: MemberHead,
): Promise<ConversationState> {
  return {
    conversationId: id,
    kind: parseConversationId(id)?.kind ?? ConversationKind.UNSPECIFIED,
    lastSeq: member.untilSeq,
    cursors: [cursorOf(member)],
    ...(await counts(store, limits, id, member, member.untilSeq)),
    facts: member.partingFacts,
    membership: membershipOf(member),
  };
}

const NOTHING: Counts = { unreadCount: 0, mentionCount: 0 };

async function counts(
  { log }: Store,
  limits: Limits,
  conversationId: ConversationId,
  { userId, fromSeq, readSeq }: MemberHead,
  throughSeq: number,
): Promise<Counts> {
  const afterSeq = Math.max(readSeq, fromSeq - 1);
  if (afterSeq >= throughSeq) return NOTHING;
  const query = { conversationId, userId, afterSeq, throughSeq, max: limits.unreadCountMax };
  const [unreadCount, mentionCount] = await Promise.all([
    log.countOthers({ ...query, scanMax: UNREAD_SCAN_MAX }),
    log.countMentions(query),
  ]);
  return { unreadCount, mentionCount };
}

const membershipOf = ({ role, fromSeq, untilSeq, mutedUntilMs, nickname }: MemberHead): Membership => ({
  role,
  firstSeq: fromSeq,
  former: untilSeq > 0,
  mutedUntilMs,
  nickname,
});
