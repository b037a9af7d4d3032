import {
  ConversationKind,
  type EntryHeader,
  ErrorCode,
  isUserId,
  ProtocolError,
  Role,
  SYSTEM_USER_ID,
  type UserId,
} from '@hongyan/protocol';
import { type Conversation, isMember } from '../log/conversation.ts';
import type { MemberHead } from '../ports/store.ts';
import { policyOf } from './facts.ts';
import { LIFETIME_MAX_MS, LIFETIME_MIN_MS, MENTIONED_MAX } from './limits.ts';
import { may, type Ranked } from './permissions.ts';
import { forbidden, invalid, tooMuch } from './refuse.ts';

/** Somebody who does something in a conversation now. */
export interface Actor {
  readonly userId: UserId;
  readonly nowMs: number;
}

/** What stands for a membership that the system has none of, in no list and no store. */
const SYSTEM_IN_GROUP: MemberHead = {
  ...{ userId: SYSTEM_USER_ID, role: Role.UNSPECIFIED, nickname: '', mutedUntilMs: 0 },
  ...{ fromSeq: 1, untilSeq: 0, deliveredSeq: 0, readSeq: 0 },
};

/** The actor's membership. Throws ProtocolError FORBIDDEN when there is none, and it is not the system in a group. */
export function memberOf(conversation: Conversation, { userId }: Actor): MemberHead {
  if (userId === SYSTEM_USER_ID && conversation.kind === ConversationKind.GROUP) return SYSTEM_IN_GROUP;
  const member = conversation.memberships.get(userId);
  if (member === undefined || !isMember(conversation, userId)) {
    throw new ProtocolError(ErrorCode.FORBIDDEN, 'not a member of this conversation');
  }
  return member;
}

/** Throws ProtocolError: FORBIDDEN for who is no member or where nobody writes any more, MUTED for who may not write now. */
export function checkMayWrite(conversation: Conversation, actor: Actor): MemberHead {
  const member = memberOf(conversation, actor);
  if (conversation.facts.dissolved) throw forbidden('write in a group that was dissolved');
  const isMuted = member.mutedUntilMs > actor.nowMs || policyOf(conversation.facts).muted;
  const isGroup = conversation.kind === ConversationKind.GROUP;
  if (isGroup && isMuted && !may(conversation, member, 'write-while-muted')) {
    throw new ProtocolError(ErrorCode.MUTED, 'may not write in this group now');
  }
  return member;
}

/**
 * The header that a message gets, which is what its sender asked for and at most the lifetime that messages of this conversation
 * have. Throws ProtocolError as `checkMayWrite` does, and for what can never be.
 */
export function messageHeader(
  conversation: Conversation,
  actor: Actor,
  asked: EntryHeader | undefined,
): EntryHeader | undefined {
  const member = checkMayWrite(conversation, actor);
  if (asked !== undefined) checkMentions(conversation, member, asked);
  if (asked !== undefined && asked.targetSeq !== 0) throw invalid('a message has no target');
  if (asked !== undefined && asked.lifetimeMs > 0) {
    checkLifetime(asked.lifetimeMs);
    if (asked.livesFromRead && conversation.kind !== ConversationKind.DIRECT) {
      throw invalid('lifetimes count from reading in direct conversations only');
    }
  }
  const { lifetimeMs } = conversation.facts;
  const isLimited = asked !== undefined && asked.lifetimeMs > 0;
  if (lifetimeMs === 0 || (isLimited && asked.lifetimeMs <= lifetimeMs)) return asked;
  return { ...(asked ?? NO_HEADER), lifetimeMs, livesFromRead: isLimited && asked.livesFromRead };
}

const NO_HEADER: EntryHeader = {
  targetSeq: 0,
  mentionedIds: [],
  mentionsAll: false,
  lifetimeMs: 0,
  livesFromRead: false,
};

export function checkMentions(conversation: Conversation, member: Ranked, header: EntryHeader): void {
  if (header.mentionedIds.length > MENTIONED_MAX) throw tooMuch(`more than ${MENTIONED_MAX} are mentioned`);
  if (!header.mentionedIds.every(isUserId)) throw invalid('what is mentioned is no account');
  if (header.mentionsAll && !may(conversation, member, 'mention-all')) {
    throw forbidden('mention everybody');
  }
}

/** Throws ProtocolError for one that is too short or too long. */
export function checkLifetime(lifetimeMs: number): void {
  if (lifetimeMs < LIFETIME_MIN_MS || lifetimeMs > LIFETIME_MAX_MS) {
    throw invalid(`a lifetime is ${LIFETIME_MIN_MS} to ${LIFETIME_MAX_MS} ms`);
  }
}
