import { mkdir, open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { contentsOf } from './testing/installation.ts';
import { Movings } from './testing/moving.ts';

const PAGE_BYTES = 4096;

let movings: Movings;
beforeAll(async () => {
  movings = await Movings.create();
});
afterAll(() => movings?.[Symbol.asyncDispose]());

test('[M3] a source that a server uses is refused, and the target is not touched', async () => {
  const moving = await movings.next();
  const source = await moving.openSource();
  await expect(moving.move()).rejects.toMatchObject({ name: 'StoreOpenError', reason: 'directory-in-use' });
  expect(await moving.query(`SELECT to_regnamespace('${moving.schema}') AS there`)).toEqual([{ there: null }]);
  await source.close();
});

test('[M3] no server is started on the source while it is moved', async () => {
  const moving = await movings.next();
  let asked: Promise<unknown> | undefined;
  const onProgress = () => {
    asked ??= moving.openSource().then(
      () => 'opened',
      (error) => error.reason,
    );
  };
  await moving.move({ onProgress, batch: { rowsMax: 50, bytesMax: 1e6 } });
  expect(await asked).toBe('directory-in-use');
});

test('[M3] a directory without an installation is refused and left empty', async () => {
  const moving = await movings.next();
  const directory = join(moving.directory, 'nothing');
  await mkdir(directory);
  await expect(moving.move({ directory })).rejects.toMatchObject({ name: 'MoveError', reason: 'no-source' });
});

test('[P9] a source that is no database is refused in words', async () => {
  const moving = await movings.next();
  await writeFile(join(moving.directory, 'hongyan.db'), 'x'.repeat(5_000));
  await expect(moving.move()).rejects.toMatchObject({ name: 'MoveError', reason: 'unreadable-source' });
});

test('[M3] [P9] a damaged page ends the move in words, and the target is not served', async () => {
  const moving = await movings.next();
  const file = await open(join(moving.directory, 'hongyan.db'), 'r+');
  const { size } = await file.stat();
  for (let at = 40 * PAGE_BYTES; at < size; at += 3 * PAGE_BYTES)
    await file.write(new Uint8Array(PAGE_BYTES), 0, PAGE_BYTES, at);
  await file.close();
  await expect(moving.move()).rejects.toMatchObject({ name: 'MoveError', reason: 'unreadable-source' });
});

test('[M3] a target in which somebody has begun is refused and left as it is', async () => {
  const moving = await movings.next();
  const target = await moving.openTarget();
  await target.secrets.keep('tokens', Uint8Array.of(1));
  await target.close();
  const refused = moving.move();
  await expect(refused).rejects.toMatchObject({ name: 'MoveError', reason: 'target-not-empty' });
  await expect(refused).rejects.toThrow('secrets');
  const again = await moving.openTarget();
  expect(await again.secrets.keep('tokens', Uint8Array.of(2))).toEqual(Uint8Array.of(1));
  await again.close();
});

test('[M3] a target to which all was moved before is refused, and keeps it', async () => {
  const moving = await movings.next();
  await moving.move();
  await expect(moving.move()).rejects.toMatchObject({ name: 'MoveError', reason: 'target-not-empty' });
  const target = await moving.openTarget();
  expect(await contentsOf(target)).toEqual(movings.contents);
  await target.close();
});

test('[M3] [P9] a row that PostgreSQL cannot keep is named, and nothing of its batch is there', async () => {
  const moving = await movings.next();
  const database = new Sqlite(join(moving.directory, 'hongyan.db'));
  database.prepare('UPDATE users SET status_line = ? WHERE user_id = (SELECT max(user_id) FROM users)').run('a\0b');
  database.close();
  const refused = moving.move();
  await expect(refused).rejects.toMatchObject({ name: 'MoveError', reason: 'unstorable' });
  await expect(refused).rejects.toThrow('a row of users');
  expect(await moving.query('SELECT count(*)::int AS count FROM users')).toEqual([{ count: 0 }]);
});

test('[P9] a server that is not there is a typed error', async () => {
  const moving = await movings.next();
  const url = 'postgres://nobody@127.0.0.1:1/nothing';
  await expect(moving.move({ url })).rejects.toMatchObject({ name: 'StoreOpenError', reason: 'failed' });
});
