import {
  ANNOUNCEMENT_LENGTH_MAX,
  AVATAR_LENGTH_MAX,
  LIFETIME_MAX_MS,
  LINK_CODE_LENGTH_MAX,
  policyOf,
  QUESTION_LENGTH_MAX,
} from '@hongyan/core';
import type { StoredMember } from '@hongyan/core/ports';
import {
  type ConversationId,
  ConversationKind,
  type Facts,
  type GroupPolicy,
  Joining,
  parseConversationId,
  Role,
  type UserId,
} from '@hongyan/protocol';
import { z } from 'zod';
import { displayName } from '../schemas.ts';

export const groupId = z
  .string()
  .refine(
    (text) => parseConversationId(text)?.kind === ConversationKind.GROUP,
    'must be the conversationId of a group',
  );

const joining = z.enum(['invitation', 'open', 'approval', 'question']).describe('How one becomes a member');
const joiningNames = {
  [Joining.UNSPECIFIED]: 'invitation',
  [Joining.OPEN]: 'open',
  [Joining.APPROVAL]: 'approval',
  [Joining.QUESTION]: 'question',
} as const;
const joiningOf = {
  invitation: Joining.UNSPECIFIED,
  open: Joining.OPEN,
  approval: Joining.APPROVAL,
  question: Joining.QUESTION,
} as const;

const policy = z.object({
  membersInvite: z.boolean(),
  membersMentionAll: z.boolean(),
  membersPin: z.boolean(),
  membersEdit: z.boolean().describe('Name, avatar and announcement'),
  joining,
  question: z.string().max(QUESTION_LENGTH_MAX),
  answer: z.string().max(QUESTION_LENGTH_MAX),
  historyForNewcomers: z.boolean(),
  muted: z.boolean().describe('Administrators alone may write'),
  receiptsHidden: z.boolean(),
});

export const groupSchema = z
  .object({
    conversationId: z.string(),
    name: z.string(),
    avatar: z.string(),
    announcement: z.string(),
    ownerId: z.string(),
    memberCount: z.int(),
    pinnedSeqs: z.array(z.int()),
    lifetimeMs: z.int().describe('Of new messages; 0: they stay'),
    linkCode: z.string(),
    dissolved: z.boolean(),
    policy,
  })
  .meta({ id: 'Group' });

export const groupChanges = z.object({
  name: displayName.optional(),
  avatar: z.string().max(AVATAR_LENGTH_MAX).optional(),
  announcement: z.string().max(ANNOUNCEMENT_LENGTH_MAX).optional(),
  lifetimeMs: z.int().min(0).max(LIFETIME_MAX_MS).optional(),
  linkCode: z.string().max(LINK_CODE_LENGTH_MAX).optional(),
  policy: policy.partial().optional(),
});

export const roleNames = { [Role.MEMBER]: 'member', [Role.ADMIN]: 'admin', [Role.OWNER]: 'owner' } as const;
export const roleOf = { member: Role.MEMBER, admin: Role.ADMIN, owner: Role.OWNER } as const;
export const role = z.enum(['member', 'admin', 'owner']);

export const memberSchema = z
  .object({
    userId: z.string(),
    role,
    nickname: z.string(),
    mutedUntilMs: z.int().describe('Milliseconds since 1970-01-01 UTC; in the past: may write'),
  })
  .meta({ id: 'GroupMember' });

export function shownGroup(
  conversationId: ConversationId,
  facts: Facts,
  ownerId: UserId,
): z.output<typeof groupSchema> {
  const { name, avatar, announcement, memberCount, pinnedSeqs, lifetimeMs, linkCode, dissolved } = facts;
  const { joining, ...switches } = policyOf(facts);
  const shown = { ...switches, joining: joiningNames[joining] ?? 'invitation' };
  return {
    ...{ conversationId, name, avatar, announcement, ownerId, memberCount, lifetimeMs, linkCode, dissolved },
    ...{ pinnedSeqs: [...pinnedSeqs], policy: shown },
  };
}

export function shownMember({
  userId,
  role,
  nickname,
  mutedUntilMs,
}: Pick<StoredMember, 'userId' | 'role' | 'nickname' | 'mutedUntilMs'>): z.output<typeof memberSchema> {
  return { userId, role: role === Role.UNSPECIFIED ? 'member' : roleNames[role], nickname, mutedUntilMs };
}

/** A policy with what is to be another in it. */
export function changedPolicy(
  facts: Facts,
  { joining, ...switches }: z.output<typeof groupChanges>['policy'] & object,
): GroupPolicy {
  const given = Object.fromEntries(Object.entries(switches).filter(([, value]) => value !== undefined));
  const before = policyOf(facts);
  return { ...before, ...given, joining: joining === undefined ? before.joining : joiningOf[joining] };
}
