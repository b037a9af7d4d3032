import type { Bus, Clock, Random, Store } from '@hongyan/core';
import {
  type ConversationId,
  EntryKind,
  ErrorCode,
  encodeGroupCreated,
  groupConversationId,
  ID_LENGTH,
  ProtocolError,
  type UserId,
} from '@hongyan/protocol';
import { publishPush } from './push.ts';

export const GROUP_MEMBERS_MAX = 10_000;
/** Accounts looked up at a time. */
const LOOK_UP_MAX = 500;

export interface GroupParts {
  store: Pick<Store, 'accounts' | 'log'>;
  bus: Bus;
  clock: Clock;
  random: Random;
}

export interface NewGroup {
  name: string;
  /** Beside the creator; who is named twice is in it once. */
  members: readonly UserId[];
  /** The creator's own name for the request: asked for again, it makes no second group (LOG-2). */
  clientMessageId: string;
}

/**
 * Makes a group, whose first entry says so, and tells its members. Rejects with ProtocolError: LIMIT_EXCEEDED for too many
 * members, NOT_FOUND when one does not exist; and with StoreError.
 */
export async function createGroup(parts: GroupParts, creator: UserId, group: NewGroup): Promise<ConversationId> {
  const { store, bus, clock, random } = parts;
  const { name, clientMessageId } = group;
  const members = [...new Set([creator, ...group.members])];
  if (members.length > GROUP_MEMBERS_MAX) {
    throw new ProtocolError(ErrorCode.LIMIT_EXCEEDED, `more than ${GROUP_MEMBERS_MAX} members`);
  }
  await checkAccountsExist(store.accounts, members);
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
    serverTimeMs: nowMs,
  });
  if (duplicate) return conversationId;
  for (const { userId, event } of joined) publishPush(bus, [userId], { case: 'userEvent', value: event }, '');
  publishPush(bus, members, { case: 'entry', value: { ...entry, seq, serverTimeMs } }, '');
  return conversationId;
}

async function checkAccountsExist(accounts: Store['accounts'], userIds: readonly UserId[]): Promise<void> {
  for (let from = 0; from < userIds.length; from += LOOK_UP_MAX) {
    const asked = userIds.slice(from, from + LOOK_UP_MAX);
    const found = await accounts.usersById(asked);
    if (found.length < asked.length) throw new ProtocolError(ErrorCode.NOT_FOUND, 'a member does not exist');
  }
}
