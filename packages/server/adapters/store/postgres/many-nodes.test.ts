import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Appended, Store } from '@hongyan/core/ports';
import { EntryKind, type UserEvent } from '@hongyan/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { message, whole } from '../testing/message.ts';
import { openPostgresStore } from './index.ts';
import { device } from './testing/device.ts';
import { startServer, type TestServer } from './testing/server.ts';

const NODES = 4;
const ROUNDS = 40;
const ASTRAY = 8;
/** A message, its edit and its recall. */
const AMENDING = 3;
const program = fileURLToPath(new URL('./testing/colliding-node.ts', import.meta.url));
const conversations = Array.from({ length: 12 }, (_, at) => `c${at}`);
const accounts = Array.from({ length: 6 }, (_, at) => `account${at}`);

interface Answer {
  key: string;
  place: string;
  duplicate: boolean;
}

let server: TestServer;
let store: Store;
const answers: Answer[] = [];
const seenLate: string[] = [];

beforeAll(async () => {
  server = await startServer();
  store = await openPostgresStore({ url: server.url, partitionCount: 4 });
  await store.accounts.createDevice(device('d', 'x'));
  const stopped = new AbortController();
  const watching = watch(stopped.signal);
  await Promise.all(Array.from({ length: NODES }, (_, node) => runNode(node)));
  stopped.abort();
  await watching;
}, 180_000);

afterAll(async () => {
  await store?.close();
  await server?.[Symbol.asyncDispose]();
});

async function runNode(node: number): Promise<void> {
  const child = spawn(process.execPath, [program, server.url, String(node)], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  for await (const line of createInterface({ input: child.stdout })) {
    const [sender, id, conversation, seq, duplicate] = line.split(' ');
    answers.push({ key: `${sender} ${id}`, place: `${conversation} ${seq}`, duplicate: duplicate === 'true' });
  }
  const [code] = await exited;
  if (code !== 0) throw new Error(`node ${node} ended with code ${code}`);
}

/** Reads on from where it was, as a device would, and notes each entry that is not the next one. */
async function watch(stopped: AbortSignal): Promise<void> {
  const held = new Map(conversations.map((id) => [id, 0]));
  while (!stopped.aborted) {
    for (const [conversationId, seq] of held) {
      const entries = await store.log.read({ ...whole(conversationId), afterSeq: seq, limit: 50 });
      entries.forEach((entry, at) => {
        if (entry.seq !== seq + at + 1) seenLate.push(`${conversationId}: ${entry.seq} after ${seq + at}`);
      });
      held.set(conversationId, seq + entries.length);
    }
  }
}

test('[LOG-3] nodes that append to the same conversations leave logs without holes, and no reader sees one', async () => {
  for (const id of conversations) {
    const entries = await store.log.read(whole(id));
    expect(entries.map(({ seq }) => seq)).toEqual(entries.map((_, at) => at + 1));
    expect((await store.log.head(id))?.lastSeq).toBe(entries.length);
  }
  expect(seenLate).toEqual([]);
});

test('[LOG-2] what several nodes send at once is one entry, and all get the first one’s answer', async () => {
  const perNode = ROUNDS * (conversations.length * (1 + accounts.length + AMENDING) + accounts.length * ASTRAY);
  // Of the changes of groups, which are refused to all but one, nobody can tell how many there are.
  expect(answers.filter(({ key }) => !key.startsWith('changer '))).toHaveLength(NODES * perNode);
  const entries = (await Promise.all(conversations.map((id) => store.log.read(whole(id))))).flat();
  const kept = new Map(
    entries.map((entry) => [`${entry.senderId} ${entry.clientMessageId}`, `${entry.conversationId} ${entry.seq}`]),
  );
  expect(kept.size).toBe(entries.length);
  expect(answers.filter(({ key, place }) => kept.get(key) !== place)).toEqual([]);
  const firsts = answers.filter(({ duplicate }) => !duplicate).map(({ key }) => key);
  expect(firsts.length).toBe(kept.size);
  expect(new Set(firsts)).toEqual(new Set(kept.keys()));
});

test('[RCP-3] [REC-2] cursors are the greatest that any node stated, records the latest', async () => {
  const last = NODES - 1;
  for (const id of conversations) {
    const members = (await store.log.head(id))?.members.filter(({ userId }) => accounts.includes(userId));
    expect(members?.map(({ userId, deliveredSeq, readSeq }) => ({ userId, deliveredSeq, readSeq }))).toEqual(
      accounts.map((userId) => ({ userId, deliveredSeq: 4 * ROUNDS + last, readSeq: 2 * ROUNDS + last })),
    );
    const [position] = await store.cursors.devicePositions(id);
    expect(position?.seq).toBe(ROUNDS + last);
  }
  for (const userId of accounts) {
    const records = await store.records.changedSince({ userId, afterSeq: 0, limit: 9, bytesMax: 99 });
    const record = { key: 'setting/a', changedAtMs: ROUNDS * 10 + last, value: Uint8Array.of(last) };
    expect(records.map((placed) => placed.record)).toEqual([record]);
  }
});

test('[E2] each change of a group was decided by the one before, and its members are those who are in it', async () => {
  for (const id of conversations) {
    const entries = await store.log.read(whole(id));
    const changes = entries.filter(({ kind }) => kind === EntryKind.CONVERSATION_CHANGED);
    expect(changes.length).toBeGreaterThan(0);
    const decidedBy = changes.map(({ body }) => Number(new TextDecoder().decode(body)));
    expect(decidedBy).toEqual([0, ...changes.slice(0, -1).map(({ seq }) => seq)]);
    const head = await store.log.head(id);
    expect(head?.facts).toMatchObject({ seq: changes.at(-1)?.seq, name: changes.at(-1)?.clientMessageId });
    expect(head?.memberCount).toBe(head?.members.length);
  }
});

test('[C4] [C5] what was recalled or has expired is gone, and nothing refers to it', async () => {
  const cursors = conversations.map((conversationId) => ({
    conversationId,
    userId: 'reader',
    deliveredSeq: 1e9,
    readSeq: 1e9,
  }));
  await store.cursors.advance({ cursors, positions: [], timeMs: 1 });
  while ((await store.log.expire({ nowMs: Number.MAX_SAFE_INTEGER, limit: 100 })) > 0);
  for (const id of conversations) {
    const entries = await store.log.read(whole(id));
    const amended = entries.filter(({ clientMessageId }) => /^(timed|edit)-/.test(clientMessageId));
    expect(amended).toHaveLength(2 * ROUNDS);
    expect(amended.filter(({ body }) => body.length > 0)).toEqual([]);
  }
  expect(await server.query('SELECT * FROM hongyan.mentions')).toEqual([]);
  expect(await server.query('SELECT * FROM hongyan.lifetimes')).toEqual([]);
});

test('[SYN-5] user logs have each event once, without holes, and tell of each conversation and device once', async () => {
  for (const userId of accounts) {
    const events = await store.userLog.read({ userId, afterSeq: 0, limit: 1_000_000 });
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, at) => at + 1));
    expect(await store.userLog.lastSeq(userId)).toBe(events.length);
    const joined = events.flatMap(({ event }) =>
      event?.case === 'conversationJoined' ? event.value.conversationId : [],
    );
    expect(joined.sort()).toEqual([...conversations].sort());
    const devices = events.flatMap(({ event }) => (event?.case === 'deviceAdded' ? event.value.deviceId : []));
    expect(devices.sort()).toEqual((await store.accounts.devicesOf(userId)).map(({ deviceId }) => deviceId).sort());
    const reads = Map.groupBy(
      events.flatMap(({ event }) => (event?.case === 'readMoved' ? event.value : [])),
      ({ conversationId }) => conversationId,
    );
    for (const moved of reads.values()) {
      const seqs = moved.map(({ readSeq }) => readSeq);
      expect(seqs).toEqual([...new Set(seqs)].sort((a, b) => a - b));
    }
  }
});

test('[LOG-2] what two nodes send at once to two conversations, in opposite orders, is one entry in one of them', async () => {
  const other = await openPostgresStore({ url: server.url });
  const before = await deadlocks();
  for (let round = 0; round < 20; round++) {
    const ids = Array.from({ length: 200 }, (_, at) => `twice-${round}-${at}`);
    const send = (by: Store, conversationId: string, clientMessageIds: readonly string[]) =>
      Promise.all(clientMessageIds.map((id) => by.log.append(message(id, { conversationId }))));
    const [one, two] = await Promise.all([send(store, 'left', ids), send(other, 'right', ids.toReversed())]);
    const places = (answers: Appended[]) => answers.map(({ conversationId, seq }) => `${conversationId} ${seq}`);
    expect(places(two).reverse()).toEqual(places(one));
    expect([...one, ...two].filter(({ duplicate }) => !duplicate)).toHaveLength(ids.length);
  }
  await other.close();
  expect(await deadlocks()).toBe(before);
});

test('[DEV-2, SYN-5] what two nodes do to one device at once is told once, in an order that both agree on', async () => {
  const other = await openPostgresStore({ url: server.url });
  const before = await deadlocks();
  const ids = Array.from({ length: 30 }, (_, at) => `shared-${at}`);
  for (const id of ids) {
    await store.accounts.createDevice(device(id, 'y'));
    const onBoth = [store, other].flatMap(({ accounts }, at) => [
      accounts.renameDevice(id, `name ${at}`, 5),
      accounts.deleteDevice(id, { reason: 'revoked', byName: '' }, 6),
      accounts.seeDevices([
        { id: 'd', seenAtMs: 7 },
        { id, seenAtMs: 7 },
      ]),
    ]);
    await Promise.all(onBoth);
  }
  await other.close();
  const events = await store.userLog.read({ userId: 'y', afterSeq: 0, limit: 1_000 });
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, at) => at + 1));
  const removed = events.flatMap(({ event }) => (event?.case === 'deviceRemoved' ? event.value.deviceId : []));
  expect(removed).toEqual(ids);
  const last = ids.map((id) => events.findLast(({ event }) => deviceOf(event) === id)?.event?.case);
  expect(new Set(last)).toEqual(new Set(['deviceRemoved']));
  expect(await deadlocks()).toBe(before);
});

test('[A4, P2] an app’s user whom two nodes bring at once has one account', async () => {
  const other = await openPostgresStore({ url: server.url });
  for (let at = 0; at < 30; at++) {
    const put = (by: Store, userId: string) =>
      by.accounts.putAppUser({
        externalId: `app-${at}`,
        displayName: userId,
        handle: `app${at}`,
        userId,
        createdAtMs: 1,
      });
    const [one, two] = await Promise.all([put(store, `one-${at}`), put(other, `two-${at}`)]);
    expect(one.user.userId).toBe(two.user.userId);
    expect([one.isNew, two.isNew].filter(Boolean)).toHaveLength(1);
  }
  await other.close();
});

test('[LOG-3] no two transactions waited for each other', async () => {
  expect(await deadlocks()).toBe(0);
});

const deviceOf = (event: UserEvent['event']): string | undefined =>
  event?.value !== undefined && 'deviceId' in event.value ? event.value.deviceId : undefined;

/** Sessions tell of them when they end, and now and then. */
async function deadlocks(): Promise<number> {
  const [row] = await server.query('SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()');
  return Number(row?.deadlocks);
}
