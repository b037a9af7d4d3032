import { ConversationKind, type GroupPolicy, Role } from '@hongyan/protocol';
import type { Conversation } from '../log/conversation.ts';
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

/** In a group by role; `peer` is who takes part in a direct or self conversation. */
export type Position = 'owner' | 'admin' | 'member' | 'peer';

/** Always, never, or where the group's policy says so. */
export type Verdict = 'yes' | 'no' | 'membersInvite' | 'membersMentionAll' | 'membersPin' | 'membersEdit';

/** Who may do what (E3). Nothing else decides it. */
export const PERMISSIONS: Record<Action, Record<Position, Verdict>> = {
  write: { owner: 'yes', admin: 'yes', member: 'yes', peer: 'yes' },
  'write-while-muted': { owner: 'yes', admin: 'yes', member: 'no', peer: 'no' },
  'mention-all': { owner: 'yes', admin: 'yes', member: 'membersMentionAll', peer: 'no' },
  'amend-own': { owner: 'yes', admin: 'yes', member: 'yes', peer: 'yes' },
  'recall-members': { owner: 'yes', admin: 'yes', member: 'no', peer: 'no' },
  'recall-admins': { owner: 'yes', admin: 'no', member: 'no', peer: 'no' },
  'recall-owners': { owner: 'no', admin: 'no', member: 'no', peer: 'no' },
  edit: { owner: 'yes', admin: 'yes', member: 'membersEdit', peer: 'no' },
  pin: { owner: 'yes', admin: 'yes', member: 'membersPin', peer: 'yes' },
  'set-lifetime': { owner: 'yes', admin: 'yes', member: 'no', peer: 'yes' },
  'set-policy': { owner: 'yes', admin: 'yes', member: 'no', peer: 'no' },
  'set-nickname': { owner: 'yes', admin: 'yes', member: 'yes', peer: 'no' },
  invite: { owner: 'yes', admin: 'yes', member: 'membersInvite', peer: 'no' },
  'remove-member': { owner: 'yes', admin: 'yes', member: 'no', peer: 'no' },
  'remove-admin': { owner: 'yes', admin: 'no', member: 'no', peer: 'no' },
  'mute-member': { owner: 'yes', admin: 'yes', member: 'no', peer: 'no' },
  'mute-admin': { owner: 'yes', admin: 'no', member: 'no', peer: 'no' },
  appoint: { owner: 'yes', admin: 'no', member: 'no', peer: 'no' },
  'pass-on': { owner: 'yes', admin: 'no', member: 'no', peer: 'no' },
  leave: { owner: 'no', admin: 'yes', member: 'yes', peer: 'no' },
  dissolve: { owner: 'yes', admin: 'no', member: 'no', peer: 'no' },
};

export function positionIn({ kind }: Pick<Conversation, 'kind'>, role: Role): Position {
  if (kind !== ConversationKind.GROUP) return 'peer';
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
export const may = (conversation: Conversation, role: Role, action: Action): boolean =>
  isAllowed(action, positionIn(conversation, role), policyOf(conversation.facts));
