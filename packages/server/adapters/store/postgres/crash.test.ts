import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Store } from '@hongyan/core/ports';
import { expect, test } from 'vitest';
import { message, whole } from '../testing/message.ts';
import { openPostgresStore } from './index.ts';
import { startServer } from './testing/server.ts';

const program = fileURLToPath(new URL('./testing/append-forever.ts', import.meta.url));
const LINES_BEFORE_KILL = 2000;
const conversations = ['c0', 'c1', 'c2'];

/** What the logs hold, as lines; each log without a hole and nothing twice. */
async function keptBy(store: Store): Promise<Set<string>> {
  const kept: string[] = [];
  for (const conversationId of conversations) {
    const entries = await store.log.read(whole(conversationId));
    expect(entries.map(({ seq }) => seq)).toEqual(entries.map((_, at) => at + 1));
    expect((await store.log.head(conversationId))?.lastSeq ?? 0).toBe(entries.length);
    kept.push(...entries.map((entry) => `${conversationId} ${entry.seq} ${entry.clientMessageId}`));
  }
  expect(new Set(kept.map((line) => line.split(' ')[2])).size).toBe(kept.length);
  return new Set(kept);
}

/** Each record as it was acknowledged or later, whole, and an event for each change. */
async function expectRecords(store: Store, acknowledged: readonly string[]): Promise<void> {
  const all = { userId: 'ann', afterSeq: 0, limit: 1_000_000, bytesMax: Number.MAX_SAFE_INTEGER };
  const kept = await store.records.changedSince(all);
  const events = await store.userLog.read(all);
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, at) => at + 1));
  expect(kept.reduce((sum, { record }) => sum + record.changedAtMs, 0)).toBe(events.length);
  for (const { record } of kept) {
    expect(new TextDecoder().decode(record.value)).toBe(`${record.key} ${record.changedAtMs}`);
  }
  for (const line of acknowledged) {
    const [key, seq, changedAtMs] = line.split(' ');
    const placed = kept.find(({ record }) => record.key === key);
    expect(placed?.record.changedAtMs).toBeGreaterThanOrEqual(Number(changedAtMs));
    expect(placed?.seq).toBeGreaterThanOrEqual(Number(seq));
  }
}

test('[LOG-1] [LOG-3] [REC-4] after kill -9 of a node everything acknowledged is there, and another node goes on', async () => {
  await using server = await startServer();
  const child = spawn(process.execPath, [program, server.url], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  const acknowledged: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    acknowledged.push(line);
    if (acknowledged.length === LINES_BEFORE_KILL) child.kill('SIGKILL');
  }
  expect(await exited).toEqual([null, 'SIGKILL']);

  const store = await openPostgresStore({ url: server.url });
  await Promise.all(
    conversations.map((conversationId) => store.log.append(message(conversationId, { conversationId }))),
  );
  const kept = await keptBy(store);
  const records = acknowledged.filter((line) => line.startsWith('setting/'));
  expect(records.length).toBeGreaterThan(0);
  expect(acknowledged.filter((line) => !line.startsWith('setting/') && !kept.has(line))).toEqual([]);
  await expectRecords(store, records);
  await store.close();
});

test('[LOG-1] [LOG-2] after kill -9 of the database nothing acknowledged is missing, and what was in doubt may be asked again', async () => {
  await using server = await startServer();
  const store = await openPostgresStore({ url: server.url });
  const acknowledged: string[] = [];
  const inDoubt: { conversationId: string; clientMessageId: string }[] = [];
  const enough = Promise.withResolvers<void>();

  const append = async (conversationId: string, clientMessageId: string) => {
    const { seq } = await store.log.append(message(clientMessageId, { conversationId }));
    acknowledged.push(`${conversationId} ${seq} ${clientMessageId}`);
    if (acknowledged.length === LINES_BEFORE_KILL) enough.resolve();
  };
  /** Ends with the first append that has no answer. */
  const appendOn = async (worker: number) => {
    const conversationId = `c${worker % 3}`;
    for (let count = 0; ; count++) {
      const clientMessageId = `${worker}-${count}`;
      try {
        await append(conversationId, clientMessageId);
      } catch (error) {
        expect(error).toMatchObject({ name: 'StoreError', kind: 'unavailable' });
        inDoubt.push({ conversationId, clientMessageId });
        return;
      }
    }
  };
  const workers = Array.from({ length: 24 }, (_, worker) => appendOn(worker));
  await enough.promise;
  await server.kill();
  await Promise.all(workers);
  expect(inDoubt).toHaveLength(24);

  await server.start();
  await Promise.all(inDoubt.map(({ conversationId, clientMessageId }) => append(conversationId, clientMessageId)));
  const kept = await keptBy(store);
  expect(acknowledged.filter((line) => !kept.has(line))).toEqual([]);
  expect(kept.size).toBe(acknowledged.length);
  await store.close();
});
