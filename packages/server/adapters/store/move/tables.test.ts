import Sqlite from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPostgresStore } from '../postgres/index.ts';
import { MOVE_TABLE } from '../postgres/occupancy.ts';
import { startServer, type TestServer } from '../postgres/testing/server.ts';
import { migrate } from '../sqlite/migrate.ts';
import { migrations } from '../sqlite/migrations/index.ts';
import { selectRows } from './source-rows.ts';
import { columnsOf } from './table.ts';
import { movedTables } from './tables.ts';

/** Columns of SQLite that are in one of another name, or in none because it follows from the others. */
const FOLDED = ['account_record_counts.user_id', 'account_record_counts.record_count'];
/** Tables of PostgreSQL about the schema itself. */
const OF_THE_SCHEMA = ['schema_version', MOVE_TABLE];
/** What messages are found by is not moved but made anew. */
const isMadeAnew = (column: string) => column.startsWith('search_');

let server: TestServer;
const sqlite = new Sqlite(':memory:');
beforeAll(async () => {
  server = await startServer();
  await (await openPostgresStore({ url: server.url, partitionCount: 1 })).close();
  migrate(sqlite, migrations);
  sqlite.function('record_key_of', { deterministic: true }, (_event) => '');
});
afterAll(async () => {
  sqlite.close();
  await server?.[Symbol.asyncDispose]();
});

test('[M3] every column of SQLite is moved', () => {
  const columns = sqlite
    .prepare<[], string>(
      "SELECT t.name || '.' || c.name FROM sqlite_master t, pragma_table_info(t.name) c WHERE t.type = 'table'",
    )
    .pluck()
    .all();
  const moved = movedTables.flatMap((table) => columnsOf(table).map(([name]) => `${table.source.table}.${name}`));
  expect(columns.filter((column) => !moved.includes(column) && !isMadeAnew(column))).toEqual(FOLDED);
});

test('[M3] every column of PostgreSQL is filled, by the primary key that it has', async () => {
  const columns = await server.query(
    `SELECT table_name || '.' || column_name AS name FROM information_schema.columns WHERE table_schema = 'hongyan'`,
  );
  const filled = movedTables.flatMap((table) => columnsOf(table).map(([name]) => `${table.name}.${name}`));
  const wanted = columns
    .map(({ name }) => String(name))
    .filter((name) => !OF_THE_SCHEMA.includes(name.split('.')[0] ?? '') && !isMadeAnew(name));
  expect(filled.toSorted()).toEqual(wanted.toSorted());
  const keys = await server.query(
    `SELECT c.relname AS name, pg_get_constraintdef(k.oid) AS key FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
     WHERE k.contype = 'p' AND k.connamespace = 'hongyan'::regnamespace`,
  );
  const expected = movedTables.map(({ name, key }) => ({ name, key: `PRIMARY KEY (${Object.keys(key).join(', ')})` }));
  expect(expected.filter(({ name, key }) => !keys.some((found) => found.name === name && found.key === key))).toEqual(
    [],
  );
});

test.each(movedTables)('[P8] $name is read by its key from any place on, and nothing is sorted', (table) => {
  const plan = (sql: string) =>
    sqlite
      .prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
      .all(...Array.from({ length: sql.split('?').length - 1 }, () => 1))
      .map(({ detail }) => detail);
  expect(plan(selectRows(table, 'first')).join()).not.toContain('TEMP B-TREE');
  const after = plan(selectRows(table, 'after-key'));
  expect(after.join()).not.toContain('TEMP B-TREE');
  expect(after[0]).toMatch(/^SEARCH \w+ USING (COVERING INDEX \w+|PRIMARY KEY) \(/);
});
