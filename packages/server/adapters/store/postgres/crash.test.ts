import { expect, test } from 'vitest';
import { expectRecordsKept, keptEntries } from '../testing/kept.ts';
import { linesUntilKilled } from '../testing/lines-until-killed.ts';
import { message } from '../testing/message.ts';
import { sayingsNotFound } from '../testing/sayings.ts';
import { conversations } from '../testing/write-forever.ts';
import { openPostgresStore } from './index.ts';
import { startServer } from './testing/server.ts';

const LINES_BEFORE_KILL = 2_000;
const isRecord = (line: string) => line.startsWith('setting/');

test('[LOG-1] [LOG-3] [REC-4] after kill -9 of a node everything acknowledged is there, and another node goes on', async () => {
  await using server = await startServer();
  const program = new URL('./testing/write-forever.ts', import.meta.url);
  const acknowledged = await linesUntilKilled(program, server.url, LINES_BEFORE_KILL);
  const store = await openPostgresStore({ url: server.url });
  await Promise.all(
    conversations.map((conversationId) => store.log.append(message(conversationId, { conversationId }))),
  );
  const kept = await keptEntries(store);
  expect(acknowledged.filter((line) => !isRecord(line) && !kept.has(line))).toEqual([]);
  const records = acknowledged.filter(isRecord);
  expect(records.length).toBeGreaterThan(0);
  await expectRecordsKept(store, records);
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
  const kept = await keptEntries(store);
  expect(acknowledged.filter((line) => !kept.has(line))).toEqual([]);
  expect(kept.size).toBe(acknowledged.length);
  await store.close();
});

test('[SRC-2] after kill -9 of a node everything acknowledged is found, once another node indexed what waits', async () => {
  await using server = await startServer();
  const program = new URL('./testing/say-forever.ts', import.meta.url);
  const acknowledged = await linesUntilKilled(program, server.url, 500);
  const store = await openPostgresStore({ url: server.url });
  expect(await sayingsNotFound(store, acknowledged)).toEqual([]);
  await store.close();
});
