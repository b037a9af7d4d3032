import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { expectFormerGroups, formerRows } from '../testing/former-groups.ts';
import { say, sayAll, sayingsNotFound } from '../testing/sayings.ts';
import { openSqliteStore } from './index.ts';
import { migrate } from './migrate.ts';
import { migrations } from './migrations/index.ts';
import { createRecordReads } from './record-reads.ts';
import { createRecordWrites } from './record-writes.ts';
import { temporaryDirectory } from './testing/directory.ts';
import { createAddUserEvent } from './user-events.ts';

const first = { version: 1, sql: 'CREATE TABLE a (x INTEGER); INSERT INTO a VALUES (1);' };
const second = { version: 2, sql: 'ALTER TABLE a ADD COLUMN y INTEGER; UPDATE a SET y = x + 1;' };
const broken = { version: 3, sql: 'CREATE TABLE b (x INTEGER); UPDATE a SET y = 9; INSERT INTO nowhere VALUES (1);' };

let database: Sqlite.Database;
beforeEach(() => {
  database = new Sqlite(':memory:');
});
afterEach(() => {
  database.close();
});
const version = () => database.pragma('user_version', { simple: true });
const rows = () => database.prepare('SELECT * FROM a').all();

test('[P1] versions are contiguous from 1', () => {
  expect(migrations.map((migration) => migration.version)).toEqual(migrations.map((_, at) => at + 1));
});

test('[P1] migrations are applied in order, each once', () => {
  migrate(database, [first]);
  migrate(database, [first, second]);
  migrate(database, [first, second]);
  expect(version()).toBe(2);
  expect(rows()).toEqual([{ x: 1, y: 2 }]);
});

test('[P1] a migration that fails halfway leaves the version before it, whole', () => {
  expect(() => migrate(database, [first, second, broken])).toThrow('nowhere');
  expect(version()).toBe(2);
  expect(rows()).toEqual([{ x: 1, y: 2 }]);
  expect(database.prepare("SELECT name FROM sqlite_master WHERE name = 'b'").all()).toEqual([]);
});

test('[P1] a database from the future is refused', () => {
  migrate(database, [first, second]);
  expect(() => migrate(database, [first])).toThrow(expect.objectContaining({ reason: 'schema-from-the-future' }));
  expect(version()).toBe(2);
});

test('[P1] what version 1 held is there after the migration to account records, and can have them', () => {
  migrate(database, migrations.slice(0, 1));
  const event = createAddUserEvent(database)('ann', 5, {
    case: 'deviceAdded',
    value: { deviceId: 'd1', name: 'laptop' },
  });
  migrate(database, migrations);
  const { setRecord } = createRecordWrites(database, createAddUserEvent(database));
  const record = { key: 'setting/a', changedAtMs: 1, value: Uint8Array.of(1) };
  const [told] = setRecord({ change: { userId: 'ann', ...record, timeMs: 6 }, mirrors: [] });
  const changed = { seq: 2, timeMs: 6, event: { case: 'recordChanged', value: record } };
  expect(told).toEqual({ userId: 'ann', event: changed });
  const { userEvents } = createRecordReads(database);
  expect(userEvents({ userId: 'ann', afterSeq: 0, limit: 9 })).toEqual([event, changed]);
});

test('[E1] [M3] groups of the version before have an owner and a name afterwards, and nothing is lost', async () => {
  await using directory = await temporaryDirectory();
  const former = new Sqlite(join(directory.path, 'hongyan.db'));
  migrate(former, migrations.slice(0, 4));
  for (const statement of formerRows((hexadecimal) => `x'${hexadecimal}'`)) former.exec(statement);
  former.close();
  const store = await openSqliteStore({ directory: directory.path });
  await expectFormerGroups(store);
  await store.close();
});

test('[REC-4] however often a record changes, its events keep the key alone', () => {
  migrate(database, migrations);
  const { setRecord } = createRecordWrites(database, createAddUserEvent(database));
  for (let changedAtMs = 1; changedAtMs <= 50; changedAtMs++) {
    const change = { userId: 'ann', key: 'draft/x', changedAtMs, value: new Uint8Array(10_000), timeMs: 6 };
    setRecord({ change, mirrors: [] });
  }
  const bytes = database.prepare('SELECT sum(length(event)) FROM user_events').pluck().get();
  expect(bytes).toBeLessThan(50 * 40);
});

test('[SRC-2] what was said before there was an index is found afterwards, and what is said meanwhile', async () => {
  await using directory = await temporaryDirectory();
  const former = await openSqliteStore({ directory: directory.path });
  const lines = await sayAll(former, 150);
  await former.close();
  const version = migrations.findIndex(({ sql }) => sql.includes('search_index'));
  const file = new Sqlite(join(directory.path, 'hongyan.db'));
  file.exec(`DROP TABLE search_index; DROP TABLE search_progress; DROP TABLE search_waiting;
    PRAGMA user_version = ${version}`);
  file.close();
  const store = await openSqliteStore({ directory: directory.path });
  lines.push(await say(store, 's0', 'meanwhile'));
  expect(await sayingsNotFound(store, lines)).toEqual([]);
  await store.close();
});
