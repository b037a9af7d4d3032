import { ConversationKind, type GroupPolicy, Role, SYSTEM_USER_ID } from '@hongyan/protocol';
import type { Conversation } from '../log/conversation.ts';
import type { MemberHead } from '../ports/store.ts';
import { policyOf } from './facts.ts';

/** What somebody does in a conversation. Reading is no row: it is what a membership covers, and the store holds to it. */
export type Action =
  | 'write'
  | 'write-while-muted'
  | 'mention-all'
  | 'amend-own'
  | 'recall-members'
  | 'recall-admins'
  | 'recall-owners'
  | 'edit'
  | 'pin'
  | 'set-lifetime'
  | 'set-policy'
  | 'set-nickname'
  | 'invite'
  | 'remove-member'
  | 'remove-admin'
  | 'mute-member'
  | 'mute-admin'
  | 'appoint'
  | 'pass-on'
  | 'leave'
  | 'dissolve';

/** In a group by role, or `system` (API-2); `peer` is who takes part in a direct or self conversation. */
export type Position = 'owner' | 'admin' | 'member' | 'system' | 'peer';

/** Always, never, or where the group's policy says so. */
export type Verdict = 'yes' | 'no' | 'membersInvite' | 'membersMentionAll' | 'membersPin' | 'membersEdit';

/** Who may do what (E3). Nothing else decides it. */
export const PERMISSIONS: Record<Action, Record<Position, Verdict>> = {
  write: { owner: 'yes', admin: 'yes', member: 'yes', system: 'yes', peer: 'yes' },
  'write-while-muted': { owner: 'yes', admin: 'yes', member: 'no', system: 'yes', peer: 'no' },
  'mention-all': { owner: 'yes', admin: 'yes', member: 'membersMentionAll', system: 'yes', peer: 'no' },
  'amend-own': { owner: 'yes', admin: 'yes', member: 'yes', system: 'yes', peer: 'yes' },
  'recall-members': { owner: 'yes', admin: 'yes', member: 'no', system: 'yes', peer: 'no' },
  'recall-admins': { owner: 'yes', admin: 'no', member: 'no', system: 'yes', peer: 'no' },
  'recall-owners': { owner: 'no', admin: 'no', member: 'no', system: 'yes', peer: 'no' },
  edit: { owner: 'yes', admin: 'yes', member: 'membersEdit', system: 'yes', peer: 'no' },
  pin: { owner: 'yes', admin: 'yes', member: 'membersPin', system: 'yes', peer: 'yes' },
  'set-lifetime': { owner: 'yes', admin: 'yes', member: 'no', system: 'yes', peer: 'yes' },
  'set-policy': { owner: 'yes', admin: 'yes', member: 'no', system: 'yes', peer: 'no' },
  'set-nickname': { owner: 'yes', admin: 'yes', member: 'yes', system: 'no', peer: 'no' },
  invite: { owner: 'yes', admin: 'yes', member: 'membersInvite', system: 'yes', peer: 'no' },
  'remove-member': { owner: 'yes', admin: 'yes', member: 'no', system: 'yes', peer: 'no' },
  'remove-admin': { owner: 'yes', admin: 'no', member: 'no', system: 'yes', peer: 'no' },
  'mute-member': { owner: 'yes', admin: 'yes', member: 'no', system: 'yes', peer: 'no' },
  'mute-admin': { owner: 'yes', admin: 'no', member: 'no', system: 'yes', peer: 'no' },
  appoint: { owner: 'yes', admin: 'no', member: 'no', system: 'yes', peer: 'no' },
  'pass-on': { owner: 'yes', admin: 'no', member: 'no', system: 'yes', peer: 'no' },
  leave: { owner: 'no', admin: 'yes', member: 'yes', system: 'no', peer: 'no' },
  dissolve: { owner: 'yes', admin: 'no', member: 'no', system: 'yes', peer: 'no' },
};

/** Of a member, what decides about its permissions. */
export type Ranked = Pick<MemberHead, 'userId' | 'role'>;

export function positionIn({ kind }: Pick<Conversation, 'kind'>, { userId, role }: Ranked): Position {
  if (kind !== ConversationKind.GROUP) return 'peer';
  if (userId === SYSTEM_USER_ID) return 'system';
  switch (role) {
    case Role.OWNER:
      return 'owner';
    case Role.ADMIN:
      return 'admin';
    default:
      return 'member';
  }
}

export function isAllowed(action: Action, position: Position, policy: GroupPolicy): boolean {
  const verdict = PERMISSIONS[action][position];
  return verdict === 'yes' || (verdict !== 'no' && policy[verdict]);
}

/** Whether a member may do this; the caller has seen that it is one. */
export const may = (conversation: Conversation, member: Ranked, action: Action): boolean =>
  isAllowed(action, positionIn(conversation, member), policyOf(conversation.facts));
