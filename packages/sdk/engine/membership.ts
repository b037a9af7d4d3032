import { decodeConversationChange, type Entry, EntryKind, type Membership, Role, type UserId } from '@hongyan/protocol';

/** What the account is in a conversation after the entry; `unknown`: only the server can say. */
export function membershipAfter(
  membership: Membership | undefined,
  { kind, senderId, body }: Entry,
  me: UserId,
): Membership | undefined | 'unknown' {
  if (kind !== EntryKind.CONVERSATION_CHANGED || !membership) return membership;
  const change = read(body);
  switch (change?.case) {
    case 'membersAdded':
      // From where on it may read is not in the entry.
      return change.value.userIds.includes(me) ? 'unknown' : membership;
    case 'membersRemoved':
      return change.value.userIds.includes(me) ? ended(membership) : membership;
    case 'left':
      return senderId === me ? ended(membership) : membership;
    case 'roleGiven': {
      const { userId, role } = change.value;
      if (userId === me) return { ...membership, role };
      return role === Role.OWNER && senderId === me ? { ...membership, role: Role.ADMIN } : membership;
    }
    case 'memberMuted':
      return change.value.userId === me ? { ...membership, mutedUntilMs: change.value.untilMs } : membership;
    case 'nickname':
      return senderId === me ? { ...membership, nickname: change.value.trim() } : membership;
    default:
      return membership;
  }
}

/** Whom the entry makes members. */
export function addedBy({ kind, body }: Entry): readonly UserId[] {
  const change = kind === EntryKind.CONVERSATION_CHANGED ? read(body) : undefined;
  return change?.case === 'membersAdded' ? change.value.userIds : [];
}

const ended = (membership: Membership): Membership => ({
  ...membership,
  ...{ former: true, role: Role.UNSPECIFIED, nickname: '', mutedUntilMs: 0 },
});

function read(body: Uint8Array) {
  try {
    return decodeConversationChange(body).change;
  } catch {
    return undefined;
  }
}
