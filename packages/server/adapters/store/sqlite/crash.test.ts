import { expect, test } from 'vitest';
import { expectRecordsKept, keptEntries } from '../testing/kept.ts';
import { linesUntilKilled } from '../testing/lines-until-killed.ts';
import { sayingsNotFound } from '../testing/sayings.ts';
import { openSqliteStore } from './index.ts';
import { temporaryDirectory } from './testing/directory.ts';

test('[LOG-1] [LOG-3] after kill -9 everything acknowledged is there, in its place, once, and without holes', async () => {
  await using directory = await temporaryDirectory();
  const program = new URL('./testing/append-forever.ts', import.meta.url);
  const acknowledged = await linesUntilKilled(program, directory.path, 2_000);
  const store = await openSqliteStore({ directory: directory.path });
  const kept = await keptEntries(store);
  expect(acknowledged.filter((line) => !kept.has(line))).toEqual([]);
  await store.close();
});

test('[REC-4] after kill -9 every acknowledged change is there or a later one, whole, with its event', async () => {
  await using directory = await temporaryDirectory();
  const program = new URL('./testing/change-forever.ts', import.meta.url);
  const acknowledged = await linesUntilKilled(program, directory.path, 1_000);
  const store = await openSqliteStore({ directory: directory.path });
  await expectRecordsKept(store, acknowledged);
  await store.close();
});

test('[SRC-2] after kill -9 everything acknowledged is found, once what waits was indexed', async () => {
  await using directory = await temporaryDirectory();
  const program = new URL('./testing/say-forever.ts', import.meta.url);
  const acknowledged = await linesUntilKilled(program, directory.path, 1_000);
  const store = await openSqliteStore({ directory: directory.path });
  expect(await sayingsNotFound(store, acknowledged)).toEqual([]);
  await store.close();
});
