import { type Conversation, type GroupPolicy, Joining, type Member, Role } from '@hongyan/sdk';

/** As in every new group. */
const DEFAULT_POLICY: GroupPolicy = {
  membersInvite: true,
  membersMentionAll: false,
  membersPin: true,
  membersEdit: true,
  joining: Joining.UNSPECIFIED,
  question: '',
  answer: '',
  historyForNewcomers: true,
  muted: false,
  receiptsHidden: false,
};

export const policyOf = ({ policy }: Conversation): GroupPolicy => policy ?? DEFAULT_POLICY;

export interface GroupRights {
  edit: boolean;
  invite: boolean;
  setPolicy: boolean;
  leave: boolean;
  dissolve: boolean;
}

const isManager = (role: Role): boolean => role === Role.OWNER || role === Role.ADMIN;

/** What the account may do in a group. The server decides; this keeps what it would refuse off the screen. */
export function rightsIn(group: Conversation): GroupRights {
  const isMember = !group.former && !group.dissolved;
  const manages = isMember && isManager(group.role);
  const policy = policyOf(group);
  return {
    edit: manages || (isMember && policy.membersEdit),
    invite: manages || (isMember && policy.membersInvite),
    setPolicy: manages,
    leave: isMember && group.role !== Role.OWNER,
    dissolve: isMember && group.role === Role.OWNER,
  };
}

export interface MemberRights {
  appoint: boolean;
  mute: boolean;
  remove: boolean;
  passOn: boolean;
}

/** What an account with `role` may do with another member: an owner with all, an administrator with ordinary members. */
export function rightsOver({ role, dissolved }: Conversation, member: Member): MemberRights {
  const isOwner = role === Role.OWNER && !dissolved;
  const isAbove = isOwner || (role === Role.ADMIN && !dissolved && member.role === Role.MEMBER);
  return { appoint: isOwner, mute: isAbove, remove: isAbove, passOn: isOwner };
}
