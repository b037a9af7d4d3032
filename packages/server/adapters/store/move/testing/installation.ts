import type { AppendRequest, Store } from '@hongyan/core/ports';
import {
  type ConversationId,
  directConversationId,
  EntryKind,
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
  const ofConversations = [...conversations.keys()].map(async (conversationId) => ({
    entries: await store.log.read({ conversationId, ...all, beforeSeq: Number.MAX_SAFE_INTEGER, from: 'oldest' }),
    positions: await store.cursors.devicePositions(conversationId),
  }));
  const secret = await store.secrets.keep('tokens', new Uint8Array(32));
  const ofApps = {
    keys: await store.accounts.apiKeys(),
    users: await store.accounts.appUsers('', 100),
    ended: await store.accounts.endedDevice(`${people[3]} phone`),
  };
  return { accounts: await Promise.all(ofAccounts), conversations: await Promise.all(ofConversations), ofApps, secret };
}
