import { NO_FACTS, plainMember } from '@hongyan/core';
import { type AppendRequest, HERE, StoreError } from '@hongyan/core/ports';
import { type EntryHeader, EntryKind } from '@hongyan/protocol';
import { message } from '../../testing/message.ts';
import { openPostgresStore } from '../index.ts';

// One of several nodes that write the same things at the same time. It prints each append's answer when it is through.

const [url = '', node = ''] = process.argv.slice(2);
const rounds = 40;
const conversations = Array.from({ length: 12 }, (_, at) => `c${at}`);
const accounts = Array.from({ length: 6 }, (_, at) => `account${at}`);

const store = await openPostgresStore({ url, partitionCount: 4 });

const header = (fields: Partial<EntryHeader>): EntryHeader => ({
  ...{ targetSeq: 0, mentionedIds: [], mentionsAll: false, lifetimeMs: 0, livesFromRead: false },
  ...fields,
});

async function append(
  conversationId: string,
  senderId: string,
  clientMessageId: string,
  fields: Partial<AppendRequest> = {},
): Promise<number> {
  const request = message(clientMessageId, { conversationId, senderId, members: accounts, ...fields });
  const { conversationId: place, seq, duplicate } = await store.log.append(request);
  process.stdout.write(`${senderId} ${clientMessageId} ${place} ${seq} ${duplicate}\n`);
  return seq;
}

/** What everybody sends alike, mentioning all and erased once it was read, is edited and recalled by everybody. */
async function amend(conversationId: string, senderId: string, id: string): Promise<void> {
  const timed = header({ mentionsAll: true, lifetimeMs: 1, livesFromRead: true });
  const targetSeq = await append(conversationId, senderId, `timed-${id}`, { header: timed });
  const about = { header: header({ targetSeq, mentionedIds: [accounts[0] ?? ''] }) };
  await Promise.all([
    append(conversationId, senderId, `edit-${id}`, { kind: EntryKind.EDIT, ...about }),
    append(conversationId, senderId, `recall-${id}`, { kind: EntryKind.RECALL, body: new Uint8Array(0), ...about }),
  ]);
}

/** Somebody joins, or leaves, by the facts there are; of those that decide by the same ones all but one are refused. */
async function change(conversationId: string, userId: string, id: string): Promise<void> {
  const facts = (await store.log.facts(conversationId)) ?? NO_FACTS;
  const isMember = (await store.log.member(conversationId, userId))?.untilSeq === 0;
  const row = isMember
    ? { ...plainMember(userId), untilSeq: HERE, partingFacts: facts }
    : { ...plainMember(userId), fromSeq: HERE };
  try {
    await append(conversationId, 'changer', id, {
      kind: EntryKind.CONVERSATION_CHANGED,
      basisSeq: facts.seq,
      change: { facts: { ...facts, seq: HERE, name: id }, members: [row], joined: isMember ? [] : [userId] },
      body: new TextEncoder().encode(String(facts.seq)),
    });
  } catch (error) {
    if (!(error instanceof StoreError) || error.reason !== 'conversation-changed') throw error;
  }
}

/** Every node in another order, so that whoever locks as it comes meets the others from the other side. */
function turned<T>(list: readonly T[], by: number): T[] {
  const at = by % list.length;
  return [...list.slice(at), ...list.slice(0, at)];
}

const turn = Number(node);
for (let round = 1; round <= rounds; round++) {
  const places = turned(conversations, turn * 3 + round);
  const people = turned(accounts, turn + round);
  const astray = turned([0, 1, 2, 3, 4, 5, 6, 7], turn * 2);
  await Promise.all([
    // Of its own; what all nodes send alike; and what they send alike to another conversation each.
    ...places.map((id, at) => append(id, people[at % people.length] ?? '', `own-${node}-${round}-${at}`)),
    ...places.flatMap((id) => people.map((person) => append(id, person, `shared-${round}-${id}`))),
    ...people.flatMap((person) => astray.map((at) => append(places[0] ?? '', person, `astray-${round}-${at}`))),
    ...places.map((id) => amend(id, accounts[round % accounts.length] ?? '', `${round}-${id}`)),
    ...places.map((id, at) => change(id, `guest${(at + round) % 3}`, `change-${node}-${round}-${at}`)),
    store.log.expire({ nowMs: Number.MAX_SAFE_INTEGER, limit: 50 }),
    store.cursors.advance({
      cursors: places.flatMap((conversationId) =>
        people.map((userId) => ({ conversationId, userId, deliveredSeq: 4 * round + turn, readSeq: 2 * round + turn })),
      ),
      positions: places.map((conversationId) => ({ conversationId, userId: 'x', deviceId: 'd', seq: round + turn })),
      timeMs: 1,
    }),
    ...people.map((userId) =>
      store.records.set({
        userId,
        key: 'setting/a',
        changedAtMs: round * 10 + turn,
        value: Uint8Array.of(turn),
        timeMs: 1,
      }),
    ),
    ...people.map((userId, at) =>
      store.accounts.createDevice({
        deviceId: `${userId}-${round}-${at % 2}`,
        userId,
        name: '',
        kind: 'web',
        createdAtMs: 1,
        lastSeenAtMs: 1,
        refreshHash: '',
        previousRefreshHash: '',
      }),
    ),
  ]);
}
await store.close();
