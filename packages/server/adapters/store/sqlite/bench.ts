import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Store } from '@hongyan/core/ports';
import { EntryKind } from '@hongyan/protocol';
import { openSqliteStore } from './index.ts';

// How many appends a second the store takes, and what one costs the main thread. Run it with `node`; arguments are
// the number of conversations and the seconds per row.

const CONCURRENCIES = [1, 10, 100, 1000];
const conversationCount = Number(process.argv[2] ?? 1000);
const durationMs = Number(process.argv[3] ?? 3) * 1000;
const body = new Uint8Array(100).fill(120);

const pad = (at: number) => String(at).padStart(16, '0');
const conversations = Array.from({ length: conversationCount }, (_, at) => {
  const members = [`u${pad(2 * at)}`, `u${pad(2 * at + 1)}`] as const;
  return { conversationId: `direct.${members.join('.')}`, members };
});
let messageCount = 0;

async function appendNext(store: Store, at: number): Promise<void> {
  const conversation = conversations[at % conversationCount];
  if (conversation === undefined) throw new RangeError('at least one conversation is needed');
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

/** Keeps `concurrency` appends under way for the duration. */
async function measure(store: Store, concurrency: number) {
  const countBefore = messageCount;
  const cpuBefore = process.threadCpuUsage();
  const processBefore = process.cpuUsage();
  const startedAtMs = performance.now();
  const latenciesMs: number[] = [];
  const run = async () => {
    while (performance.now() - startedAtMs < durationMs) {
      const askedAtMs = performance.now();
      await appendNext(store, Math.floor(Math.random() * conversationCount));
      latenciesMs.push(performance.now() - askedAtMs);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, run));
  const elapsedMs = performance.now() - startedAtMs;
  const main = process.threadCpuUsage(cpuBefore);
  const all = process.cpuUsage(processBefore);
  const count = messageCount - countBefore;
  latenciesMs.sort((a, b) => a - b);
  const latency = (share: number) => (latenciesMs[Math.floor(latenciesMs.length * share)] ?? 0).toFixed(1);
  return {
    concurrency,
    'appends/s': Math.round((count / elapsedMs) * 1000),
    'main thread µs/append': ((main.user + main.system) / count).toFixed(1),
    'process µs/append': ((all.user + all.system) / count).toFixed(1),
    'p50 ms': latency(0.5),
    'p99 ms': latency(0.99),
    'max ms': (latenciesMs.at(-1) ?? 0).toFixed(1),
  };
}

const directory = await mkdtemp(join(tmpdir(), 'hongyan-bench-'));
const store = await openSqliteStore({ directory });
// Every conversation exists before the clock runs.
for (let at = 0; at < conversationCount; at += 500) {
  const count = Math.min(500, conversationCount - at);
  await Promise.all(Array.from({ length: count }, (_, offset) => appendNext(store, at + offset)));
}
const rows = [];
for (const concurrency of CONCURRENCIES) rows.push(await measure(store, concurrency));
console.table(rows);
await store.close();
await rm(directory, { recursive: true });
