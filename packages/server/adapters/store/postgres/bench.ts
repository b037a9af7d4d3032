import type { Store } from '@hongyan/core/ports';
import { EntryKind } from '@hongyan/protocol';
import { openPostgresStore } from './index.ts';
import { startServer } from './testing/server.ts';

// How many appends a second the store takes, and what one costs this process, which does not have the server's work. Run it
// with `node`; arguments are the seconds per row and the number of partitions. Instances are nodes of a cluster that share
// the conversations, in one process here, so that its CPU time is that of all of them.

const durationMs = Number(process.argv[2] ?? 3) * 1000;
const partitionCount = Number(process.argv[3] ?? 16);
const ROWS: [instances: number, conversations: number, underWay: number][] = [
  [1, 1000, 1],
  [1, 1000, 10],
  [1, 1000, 100],
  [1, 1000, 1000],
  [1, 50, 1000],
  [1, 1, 1000],
  [4, 1000, 1000],
  [4, 50, 1000],
];
const body = new Uint8Array(100).fill(120);

const pad = (at: number) => String(at).padStart(16, '0');
const conversations = Array.from({ length: 1000 }, (_, at) => {
  const members = [`u${pad(2 * at)}`, `u${pad(2 * at + 1)}`] as const;
  return { conversationId: `direct.${members.join('.')}`, members };
});
let messageCount = 0;

async function appendNext(store: Store, at: number): Promise<void> {
  const conversation = conversations[at];
  if (conversation === undefined) throw new RangeError('there is no such conversation');
  const now = Date.now();
  await store.log.append({
    ...conversation,
    kind: EntryKind.MESSAGE,
    senderId: conversation.members[messageCount % 2 === 0 ? 0 : 1],
    clientMessageId: `${now.toString(36)}-${messageCount++}`,
    clientTimeMs: now,
    serverTimeMs: now,
    body,
  });
}

/** Keeps appends under way for the duration, spread over the instances. */
async function measure(stores: readonly Store[], conversationCount: number, underWay: number) {
  const countBefore = messageCount;
  const cpuBefore = process.cpuUsage();
  const startedAtMs = performance.now();
  const latenciesMs: number[] = [];
  const run = async (_: unknown, worker: number) => {
    const store = stores[worker % stores.length];
    while (store !== undefined && performance.now() - startedAtMs < durationMs) {
      const askedAtMs = performance.now();
      await appendNext(store, Math.floor(Math.random() * conversationCount));
      latenciesMs.push(performance.now() - askedAtMs);
    }
  };
  await Promise.all(Array.from({ length: underWay }, run));
  const elapsedMs = performance.now() - startedAtMs;
  const cpu = process.cpuUsage(cpuBefore);
  const count = messageCount - countBefore;
  latenciesMs.sort((a, b) => a - b);
  const latency = (share: number) => (latenciesMs[Math.floor(latenciesMs.length * share)] ?? 0).toFixed(1);
  return {
    instances: stores.length,
    conversations: conversationCount,
    'under way': underWay,
    'appends/s': Math.round((count / elapsedMs) * 1000),
    'µs of this process': ((cpu.user + cpu.system) / count).toFixed(1),
    'p50 ms': latency(0.5),
    'p99 ms': latency(0.99),
    'max ms': (latenciesMs.at(-1) ?? 0).toFixed(1),
  };
}

await using server = await startServer({ settings: { shared_buffers: '256MB', max_wal_size: '4GB' } });
const stores = await Promise.all([1, 2, 3, 4].map(() => openPostgresStore({ url: server.url, partitionCount })));
const [first] = stores;
// Every conversation exists before the clock runs.
if (first !== undefined) await Promise.all(conversations.map((_, at) => appendNext(first, at)));
const rows = [];
for (const [instances, conversationCount, underWay] of ROWS) {
  rows.push(await measure(stores.slice(0, instances), conversationCount, underWay));
}
console.table(rows);
const [{ deadlocks } = {}] = await server.query(
  `SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()`,
);
console.log(`${partitionCount} partitions, ${deadlocks} deadlocks`);
await Promise.all(stores.map((store) => store.close()));
