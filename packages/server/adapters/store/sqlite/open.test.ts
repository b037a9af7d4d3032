import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, test } from 'vitest';
import { message } from '../testing/message.ts';
import { openSqliteStore } from './index.ts';
import { temporaryDirectory } from './testing/directory.ts';

const openError = (reason: string) => expect.objectContaining({ name: 'StoreOpenError', reason });

test('[P3] a directory in use is refused, and free again once the store is closed', async () => {
  await using directory = await temporaryDirectory();
  const first = await openSqliteStore({ directory: directory.path });
  await expect(openSqliteStore({ directory: directory.path })).rejects.toEqual(openError('directory-in-use'));
  await first.log.append(message('m1'));
  await first.close();
  const second = await openSqliteStore({ directory: directory.path });
  expect((await second.log.append(message('m2'))).seq).toBe(2);
  await second.close();
});

test('[A1] what holds the secrets is for its owner only', async () => {
  await using directory = await temporaryDirectory();
  const store = await openSqliteStore({ directory: directory.path });
  await store.secrets.keep('a', Uint8Array.of(1));
  const files = (await readdir(directory.path)).filter((name) => name.startsWith('hongyan.db'));
  expect(files.sort()).toEqual(['hongyan.db', 'hongyan.db-shm', 'hongyan.db-wal']);
  for (const file of files) expect((await stat(join(directory.path, file))).mode & 0o777, file).toBe(0o600);
  await store.close();
});

test('[P1] a database of a newer program is refused and left as it is', async () => {
  await using directory = await temporaryDirectory();
  const newer = new Sqlite(join(directory.path, 'hongyan.db'));
  newer.pragma('user_version = 999');
  newer.close();
  await expect(openSqliteStore({ directory: directory.path })).rejects.toEqual(openError('schema-from-the-future'));
  const after = new Sqlite(join(directory.path, 'hongyan.db'));
  expect(after.pragma('user_version', { simple: true })).toBe(999);
  after.close();
});

test('[P9] a directory that is not there is a typed error', async () => {
  await using directory = await temporaryDirectory();
  const missing = join(directory.path, 'missing');
  await expect(openSqliteStore({ directory: missing })).rejects.toEqual(openError('failed'));
});
