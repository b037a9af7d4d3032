import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { encodeText } from '@hongyan/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSqliteStore } from '../sqlite/index.ts';
import { contentsOf, messages } from './testing/installation.ts';
import { Movings } from './testing/moving.ts';

let movings: Movings;
beforeAll(async () => {
  movings = await Movings.create();
});
afterAll(() => movings?.[Symbol.asyncDispose]());

test('[M3] everything is there afterwards, and the source is as it was', async () => {
  const moving = await movings.next();
  const { rowCount, differences } = await moving.move();
  expect(differences).toEqual([]);
  expect(rowCount).toBeGreaterThan(2 * messages.length);
  const [source, target] = await Promise.all([moving.openSource(), moving.openTarget()]);
  expect(await contentsOf(target)).toEqual(movings.contents);
  expect(await contentsOf(source)).toEqual(movings.contents);
  await Promise.all([source.close(), target.close()]);
});

test('[M3] [LOG-2] [LOG-3] [REC-2] the new place goes on where the old one was', async () => {
  const moving = await movings.next();
  const source = await moving.openSource();
  const firstAnswers = await Promise.all(messages.map((message) => source.log.append(message)));
  await source.close();
  await moving.move();
  const target = await moving.openTarget();
  expect(await Promise.all(messages.map((message) => target.log.append(message)))).toEqual(firstAnswers);
  const [last] = firstAnswers.slice(-1);
  const [message] = messages.slice(-1);
  if (last === undefined || message === undefined) throw new Error('there are no messages');
  expect((await target.log.append({ ...message, clientMessageId: 'new' })).seq).toBe(last.seq + 1);
  const change = { userId: message.senderId, key: 'setting/theme', value: new Uint8Array(1), timeMs: 1 };
  const lastSeq = await target.userLog.lastSeq(message.senderId);
  expect(await target.records.set({ ...change, changedAtMs: 1 })).toBeUndefined();
  expect(await target.records.set({ ...change, changedAtMs: 3 })).toMatchObject({ seq: lastSeq + 1 });
  await target.close();
});

test('[M3] batches are bounded by rows and by bytes, and all rows are told of in both phases', async () => {
  for (const [batch, rowsMax] of [
    [{ rowsMax: 100, bytesMax: 1e9 }, 100],
    [{ rowsMax: 100, bytesMax: 1_000 }, 40],
  ] as const) {
    const moving = await movings.next();
    const told = new Map([
      ['copying', [0]],
      ['verifying', [0]],
    ]);
    const { rowCount } = await moving.move({
      batch,
      onProgress: ({ phase, rowsDone }) => told.get(phase)?.push(rowsDone),
    });
    for (const [, counts] of told) {
      expect(counts.at(-1)).toBe(rowCount);
      expect(Math.max(...counts.slice(1).map((count, at) => count - (counts[at] ?? 0)))).toBeLessThanOrEqual(rowsMax);
    }
  }
});

test('[M3] an installation in which nothing was done yet is moved as well', async () => {
  const moving = await movings.next();
  const directory = join(moving.directory, 'empty');
  await mkdir(directory);
  await (await openSqliteStore({ directory })).close();
  expect(await moving.move({ directory })).toEqual({ rowCount: 0, differences: [], differenceCount: 0 });
  await (await moving.openTarget()).close();
});

test('[M3] [SRC-2] what was found in the old place is found in the new one, once it was indexed there', async () => {
  const moving = await movings.next();
  const [message] = messages;
  if (message === undefined) throw new Error('there are no messages');
  const source = await moving.openSource();
  const said = await source.log.append({ ...message, clientMessageId: 'said', body: encodeText('大雁南飞') });
  await source.close();
  await moving.move();
  const target = await moving.openTarget();
  while ((await target.search.index(1_000)) > 0);
  const [run] = await target.search.find({
    viewerId: message.senderId,
    filter: { text: '南飞', senderIds: [], kinds: [], fromMs: 0, toMs: Number.MAX_SAFE_INTEGER },
    ranges: [{ conversationId: message.conversationId, beforeSeq: Number.MAX_SAFE_INTEGER }],
    hitsMax: 9,
  });
  expect(run?.hits.map(({ seq }) => seq)).toEqual([said.seq]);
  await target.close();
});
