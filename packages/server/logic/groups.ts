import { type Bus, type Clock, foundGroup, GROUP_FOUNDERS_MAX, policyOf, type Random, type Store } from '@hongyan/core';
import {
  type ConversationId,
  EntryKind,
  ErrorCode,
  encodeGroupCreated,
  groupConversationId,
  ID_LENGTH,
  Joining,
  ProtocolError,
  SYSTEM_USER_ID,
  type UserId,
} from '@hongyan/protocol';
import { checkAccountsExist, checkInvited } from './accounts.ts';
import { publishPush } from './push.ts';

export interface GroupParts {
  store: Store;
  bus: Bus;
  clock: Clock;
  random: Random;
}

export interface NewGroup {
  name: string;
  /** Beside the creator; who is named twice is in it once. */
  members: readonly UserId[];
  /** Who has to be taken invitations from (PPL-4); left out: the creator. */
  inviterId?: UserId | undefined;
  /** The creator's own name for the request: asked for again, it makes no second group (LOG-2). */
  clientMessageId: string;
}

/**
 * Makes a group, whose first entry says so, and tells its members. Rejects with ProtocolError: LIMIT_EXCEEDED for too many
 * members, NOT_FOUND when one does not exist; and with StoreError.
 */
export async function createGroup(parts: GroupParts, creator: UserId, group: NewGroup): Promise<ConversationId> {
  const { store, bus, clock, random } = parts;
  const { name, clientMessageId, inviterId = creator } = group;
  const members = [...new Set([creator, ...group.members])];
  if (members.length > GROUP_FOUNDERS_MAX) {
    throw new ProtocolError(ErrorCode.LIMIT_EXCEEDED, `more than ${GROUP_FOUNDERS_MAX} members at the beginning`);
  }
  if (members.includes(SYSTEM_USER_ID)) {
    throw new ProtocolError(ErrorCode.INVALID_ARGUMENT, 'the system is a member of no group');
  }
  await checkAccountsExist(store.accounts, members);
  await checkInvited(
    parts,
    inviterId,
    members.filter((userId) => userId !== creator),
  );
  const nowMs = clock.now();
  const entry = {
    conversationId: groupConversationId(random.bytes(ID_LENGTH)),
    kind: EntryKind.GROUP_CREATED,
    senderId: creator,
    clientMessageId,
    clientTimeMs: nowMs,
    body: encodeGroupCreated({ name }),
  };
  const { conversationId, seq, serverTimeMs, duplicate, joined } = await store.log.append({
    ...entry,
    members,
    change: foundGroup(name, members),
    serverTimeMs: nowMs,
  });
  if (duplicate) return conversationId;
  for (const { userId, event } of joined) publishPush(bus, [userId], { case: 'userEvent', value: event }, '');
  publishPush(bus, members, { case: 'entry', value: { ...entry, seq, serverTimeMs } }, '');
  return conversationId;
}

/** What somebody who has a group's link is told of it. */
export interface GroupPreview {
  name: string;
  avatar: string;
  memberCount: number;
  joining: Joining;
  /** What has to be answered, where `joining` is QUESTION. */
  question: string;
}

/** undefined: there is no such group, or the link is not its own, or nobody joins by it. Rejects with StoreError. */
export async function previewGroup(
  { log }: Store,
  conversationId: ConversationId,
  linkCode: string,
): Promise<GroupPreview | undefined> {
  const facts = await log.facts(conversationId);
  if (facts === undefined || facts.dissolved || facts.linkCode === '' || facts.linkCode !== linkCode) return undefined;
  const { joining, question } = policyOf(facts);
  if (joining === Joining.UNSPECIFIED) return undefined;
  const { name, avatar, memberCount } = facts;
  return { name, avatar, memberCount, joining, question: joining === Joining.QUESTION ? question : '' };
}
