import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { migrate } from './migrate.ts';
import { migrations } from './migrations/index.ts';

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
