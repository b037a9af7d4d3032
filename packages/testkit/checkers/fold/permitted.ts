import { type ConversationChange, type Entry, EntryKind, type GroupPolicy, Role, type UserId } from '@hongyan/protocol';

/** Who is what in a group before an entry. */
export interface Ranks {
  roleOf: (userId: UserId) => Role;
  mutedUntilMs: (userId: UserId) => number;
  policy: Partial<GroupPolicy>;
  dissolved: boolean;
}

type Change = ConversationChange['change'];

/** What an entry is about beside itself: what it changes of the group, and whose message it changes. */
export interface Subject {
  change: Change;
  targetSender: UserId | undefined;
}

/** GRP-2, GRP-3, read once more from the rules: why an entry should not be at its place; undefined: it may. */
export function forbiddenChange(ranks: Ranks, entry: Entry, { change, targetSender }: Subject): string | undefined {
  const { roleOf, policy, dissolved } = ranks;
  const { kind, senderId } = entry;
  const role = roleOf(senderId);
  const isAdmin = role >= Role.ADMIN;
  const who = `${senderId} (${role})`;
  if (role === Role.UNSPECIFIED) return `${who}, who is no member`;
  const isRecall = kind === EntryKind.RECALL;
  // GRP-5: what was said can still be taken back there.
  if (dissolved && !isRecall) return `${who}, in a group that was dissolved`;
  const speaks = kind === EntryKind.MESSAGE || kind === EntryKind.EDIT || kind === EntryKind.REACTION;
  const isMuted = policy.muted === true || ranks.mutedUntilMs(senderId) > entry.serverTimeMs;
  if (speaks && isMuted && !isAdmin) return `${who}, who is muted`;
  if (entry.header?.mentionsAll && !isAdmin && !policy.membersMentionAll) return `${who}, who may not mention all`;
  if (kind === EntryKind.EDIT && targetSender !== senderId) return `${who}, who did not write what it edits`;
  if (isRecall && targetSender !== undefined && targetSender !== senderId && !outranks(role, roleOf(targetSender))) {
    return `${who}, who may not recall what ${targetSender} wrote`;
  }
  return change !== undefined && !isAllowed(ranks, senderId, change)
    ? `${who}, who may not change ${change.case}`
    : undefined;
}

/** Administrators stand above members and former ones, the owner above everybody. */
const outranks = (role: Role, other: Role): boolean => role >= Role.ADMIN && role > Math.max(other, Role.MEMBER);

function isAllowed({ roleOf, policy }: Ranks, senderId: UserId, change: NonNullable<Change>): boolean {
  const role = roleOf(senderId);
  const isAdmin = role >= Role.ADMIN;
  switch (change.case) {
    case 'name':
    case 'avatar':
    case 'announcement':
      return isAdmin || policy.membersEdit === true;
    case 'pinnedSeq':
    case 'unpinnedSeq':
      return isAdmin || policy.membersPin === true;
    case 'lifetimeMs':
    case 'policy':
    case 'linkCode':
      return isAdmin;
    case 'membersAdded':
      return isAdmin || policy.membersInvite === true;
    case 'membersRemoved':
      return change.value.userIds.every((userId) => outranks(role, roleOf(userId)));
    case 'memberMuted':
      return outranks(role, roleOf(change.value.userId));
    case 'roleGiven':
    case 'dissolved':
      return role === Role.OWNER;
    case 'left':
      return role !== Role.OWNER;
    case 'nickname':
      return true;
  }
}
