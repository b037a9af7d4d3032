import { NO_FACTS, plainMember } from '@hongyan/core';
import { type AppendRequest, HERE, type Store, type StoredMember } from '@hongyan/core/ports';
import {
  type ConversationId,
  directConversationId,
  type EntryHeader,
  EntryKind,
  groupConversationId,
  ID_LENGTH,
  Role,
  selfConversationId,
  type UserId,
} from '@hongyan/protocol';

// A small installation with something of everything, the same each time.

const PEOPLE = 12;
const CHANGES = 2;
const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

export const people: readonly UserId[] = Array.from({ length: PEOPLE }, (_, at) => `u${String(at).padStart(16, '0')}`);

/** The members of each conversation: everybody with everybody, and notes of one's own. */
export const conversations: ReadonlyMap<ConversationId, readonly UserId[]> = new Map(
  people.flatMap((one, at): [ConversationId, UserId[]][] => [
    [selfConversationId(one), [one]],
    ...people
      .slice(at + 1)
      .map((other): [ConversationId, UserId[]] => [directConversationId(one, other), [one, other]]),
  ]),
);

/** One conversation is long, one has large bodies, the others have between one entry and fifty. */
const lengthOf = (at: number): number => (at === 0 ? 900 : 1 + ((at * 7) % 50));

export const messages: readonly AppendRequest[] = [...conversations].flatMap(([conversationId, members], at) =>
  Array.from({ length: lengthOf(at) }, (_, place) => ({
    conversationId,
    members,
    kind: EntryKind.MESSAGE,
    senderId: members[place % members.length] ?? '',
    clientMessageId: `${at} ${place} 'quoted' 鸿雁🙂`,
    clientTimeMs: 1_700_000_000_000 + place,
    serverTimeMs: 1_700_000_000_500 + at * 1000 + place,
    body: at === 1 ? new Uint8Array(65_536).fill(place) : encode(place % 9 === 0 ? '' : `${at}: ${place}`),
  })),
);

/** Everybody is in each of them. */
export const groups: ReadonlyMap<ConversationId, readonly UserId[]> = new Map(
  [1, 2].map((at) => [groupConversationId(new Uint8Array(ID_LENGTH).fill(at)), people]),
);

/** Fills an empty store: accounts with two devices, one of them signed out again, messages, receipts, records and a secret; an app's users and key. */
export async function fill(store: Store): Promise<void> {
  await store.secrets.keep('tokens', new Uint8Array(32).fill(9));
  for (const [at, userId] of people.entries()) {
    await store.accounts.createUser({
      userId,
      handle: `Person${at}`,
      displayName: `人 ${at} é`,
      statusLine: at % 2 === 0 ? '' : 'here\nand there',
      passwordHash: `hash ${at}`,
      createdAtMs: 1_700_000_000_000 + at,
    });
    for (const name of ['phone', 'laptop']) {
      const deviceId = `${userId} ${name}`;
      await store.accounts.createDevice({
        ...{ deviceId, userId, name, kind: name === 'phone' ? 'phone' : 'desktop' },
        ...{ createdAtMs: at, lastSeenAtMs: at + 5 },
        ...{ refreshHash: `r ${deviceId}`, previousRefreshHash: '' },
      });
    }
  }
  await Promise.all(messages.map((message) => store.log.append(message)));
  for (const conversationId of groups.keys()) await live(store, conversationId);
  await receive(store);
  await change(store);
  await store.accounts.deleteDevice(`${people[3]} phone`, { reason: 'revoked', byName: '笔记本' }, 8);
  for (const externalId of appIds) {
    const user = { displayName: `顾客 ${externalId}`, handle: undefined, userId: `u-${externalId}`, createdAtMs: 9 };
    await store.accounts.putAppUser({ externalId, ...user });
  }
  await store.accounts.createApiKey({
    ...{ keyId: 'k1', name: 'shop 店', keyHash: 'hash of a key', scopes: ['users', 'keys'] },
    ...{ createdAtMs: 10, lastUsedAtMs: 11 },
  });
}

/** The ids that an app has for its users. */
const appIds = ['7', '42', 'a@b.c'];

/** What can happen in a group: roles, a mute, somebody leaves, and messages that are changed, erased, mention and end. */
async function live(store: Store, conversationId: ConversationId): Promise<void> {
  const [owner = '', admin = '', muted = '', former = ''] = people;
  const empty: EntryHeader = {
    targetSeq: 0,
    mentionedIds: [],
    mentionsAll: false,
    lifetimeMs: 0,
    livesFromRead: false,
  };
  let entryCount = 0;
  const say = async (fields: Partial<AppendRequest>) => {
    entryCount += 1;
    await store.log.append({
      ...{ conversationId, members: people, kind: EntryKind.MESSAGE, senderId: owner },
      ...{ clientMessageId: `${conversationId} ${entryCount}`, clientTimeMs: 1, serverTimeMs: entryCount },
      body: encode(`${entryCount} 鸿`),
      ...fields,
    });
  };
  const about = (kind: EntryKind, targetSeq: number, fields: Partial<AppendRequest> = {}) =>
    say({ kind, header: { ...empty, targetSeq }, ...fields });
  const member = (userId: UserId, fields: Partial<StoredMember>) => ({ ...plainMember(userId), ...fields });
  const changed = { kind: EntryKind.CONVERSATION_CHANGED, basisSeq: 0 };
  const facts = { ...NO_FACTS, seq: HERE, name: '雁群 é', announcement: 'a'.repeat(3_000) };

  await say({ kind: EntryKind.GROUP_CREATED });
  await say({ header: { ...empty, mentionedIds: [admin, muted] } });
  await say({ header: { ...empty, mentionsAll: true, lifetimeMs: 1_000_000 } });
  await say({ header: { ...empty, lifetimeMs: 1_000_000, livesFromRead: true } });
  await say({ header: empty });
  await about(EntryKind.EDIT, 2);
  await about(EntryKind.EDIT, 2, { header: { ...empty, targetSeq: 2, mentionedIds: [former] } });
  await about(EntryKind.REACTION, 2, { senderId: admin });
  await about(EntryKind.RECALL, 5, { body: new Uint8Array(0) });
  const rows = [
    member(admin, { role: Role.ADMIN, nickname: 'Nick É 鸿' }),
    member(muted, { mutedUntilMs: 9e15, fromSeq: HERE }),
    member(former, { role: Role.UNSPECIFIED, untilSeq: HERE, partingFacts: { ...facts, seq: 9 } }),
  ];
  await say({ ...changed, change: { facts, members: rows, joined: [muted] } });
}

/** Everybody has had half of each conversation on the phone and read a third of it. */
async function receive(store: Store): Promise<void> {
  const halves = [...conversations].flatMap(([conversationId, members], at) =>
    members.map((userId) => ({
      conversationId,
      userId,
      deviceId: `${userId} phone`,
      deliveredSeq: Math.ceil(lengthOf(at) / 2),
      readSeq: Math.ceil(lengthOf(at) / 3),
    })),
  );
  const positions = halves.map(({ deliveredSeq, ...half }) => ({ ...half, seq: deliveredSeq }));
  await store.cursors.advance({ cursors: halves, positions, timeMs: 7 });
}

/** Drafts, cleared and marked conversations and settings, each changed twice. */
async function change(store: Store): Promise<void> {
  for (let changedAtMs = 1; changedAtMs <= CHANGES; changedAtMs++) {
    const changes = people.flatMap((userId) =>
      [`draft/${userId}`, `cleared/${userId}`, `unread/${userId}`, 'setting/theme'].map((key) =>
        store.records.set({ userId, key, value: encode(`${key} ${changedAtMs}`), changedAtMs, timeMs: changedAtMs }),
      ),
    );
    await Promise.all(changes);
  }
}

/** Everything that a store has to tell of the installation. */
export async function contentsOf(store: Store): Promise<unknown> {
  const all = { afterSeq: 0, limit: 1_000_000, bytesMax: Number.MAX_SAFE_INTEGER };
  const ofAccounts = people.map(async (userId) => ({
    user: await store.accounts.userById(userId),
    devices: await store.accounts.devicesOf(userId),
    heads: await store.log.heads(userId, 1_000),
    events: await store.userLog.read({ userId, ...all }),
    lastSeq: await store.userLog.lastSeq(userId),
    records: await store.records.changedSince({ userId, ...all }),
  }));
  const [, ben = ''] = people;
  const unread = { userId: ben, afterSeq: 0, throughSeq: 1_000, max: 1_000 };
  const targets = { fromTargetSeq: 1, toTargetSeq: 1_000, afterSeq: 0, limit: 1_000 };
  const ofGroups = [...groups.keys()].map(async (conversationId) => ({
    members: await store.log.members({ conversationId, text: 'é', after: undefined, limit: 1_000 }),
    memberships: await Promise.all(people.map((userId) => store.log.member(conversationId, userId))),
    changes: await store.log.changes({ conversationId, standing: true, ...targets }),
    mentionCount: await store.log.countMentions({ conversationId, ...unread }),
  }));
  const ofConversations = [...conversations.keys(), ...groups.keys()].map(async (conversationId) => ({
    entries: await store.log.read({ conversationId, ...all, beforeSeq: Number.MAX_SAFE_INTEGER, from: 'oldest' }),
    positions: await store.cursors.devicePositions(conversationId),
  }));
  const secret = await store.secrets.keep('tokens', new Uint8Array(32));
  const ofApps = {
    keys: await store.accounts.apiKeys(),
    users: await store.accounts.appUsers('', 100),
    ended: await store.accounts.endedDevice(`${people[3]} phone`),
  };
  return {
    accounts: await Promise.all(ofAccounts),
    conversations: await Promise.all(ofConversations),
    groups: await Promise.all(ofGroups),
    ofApps,
    secret,
  };
}
