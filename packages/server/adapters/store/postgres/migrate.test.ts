import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectFormerGroups, formerRows } from '../testing/former-groups.ts';
import { message } from '../testing/message.ts';
import { say, sayAll, sayingsNotFound } from '../testing/sayings.ts';
import { openPostgresStore } from './index.ts';
import { migrate } from './migrate.ts';
import { type Migration, migrations } from './migrations/index.ts';
import { startServer, type TestServer } from './testing/server.ts';
import { Connection } from './wire/connection.ts';

const step = (version: number, sql: string): Migration => ({ version, sql: () => sql });
const first = step(1, 'CREATE TABLE a (x int); INSERT INTO a VALUES (1)');
const second = step(2, 'ALTER TABLE a ADD COLUMN y int; UPDATE a SET y = x + 1');
const broken = step(3, 'CREATE TABLE b (x int); UPDATE a SET y = 9; INSERT INTO nowhere VALUES (1)');

let server: TestServer;
let schemaCount = 0;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server?.[Symbol.asyncDispose]());

/** Something to migrate in a schema of its own. */
async function migrating(schema = `migrate_${++schemaCount}`) {
  const connection = await Connection.open({ url: server.url, schema }, []);
  return {
    schema,
    run: (steps: readonly Migration[], partitionCount = 2) => migrate(connection, schema, steps, partitionCount),
    ask: (sql: string) => connection.execute(sql),
    [Symbol.asyncDispose]: () => connection.close(),
  };
}

test('[P1] versions are contiguous from 1', () => {
  expect(migrations.map((migration) => migration.version)).toEqual(migrations.map((_, at) => at + 1));
});

test('[P1] migrations are applied in order, each once', async () => {
  await using database = await migrating();
  await database.run([first]);
  await database.run([first, second]);
  await database.run([first, second]);
  expect(await database.ask('SELECT version FROM schema_version')).toEqual([{ version: 2 }]);
  expect(await database.ask('SELECT * FROM a')).toEqual([{ x: 1, y: 2 }]);
});

test('[P1] a migration that fails leaves the schema as it was', async () => {
  await using database = await migrating();
  await database.run([first]);
  await expect(database.run([first, second, broken])).rejects.toThrow('nowhere');
  expect(await database.ask('SELECT version FROM schema_version')).toEqual([{ version: 1 }]);
  expect(await database.ask('SELECT * FROM a')).toEqual([{ x: 1 }]);
  expect(await database.ask("SELECT to_regclass('b') AS b")).toEqual([{ b: null }]);
});

test('[P1] a database from the future is refused', async () => {
  await using database = await migrating();
  await database.run([first, second]);
  await expect(database.run([first])).rejects.toMatchObject({ reason: 'schema-from-the-future' });
  expect(await database.ask('SELECT version FROM schema_version')).toEqual([{ version: 2 }]);
});

test('[P1] nodes that start together make the schema once, and all of them can use it', async () => {
  const schema = 'together';
  const stores = await Promise.all(
    [3, 5, 3, 5].map((partitionCount) => openPostgresStore({ url: server.url, schema, partitionCount })),
  );
  const appended = await Promise.all(stores.map((store, at) => store.log.append(message(`m${at}`))));
  expect(appended.map(({ seq }) => seq).sort()).toEqual([1, 2, 3, 4]);
  await Promise.all(stores.map((store) => store.close()));
  await using database = await migrating(schema);
  const [made] = await database.ask('SELECT version, partition_count FROM schema_version');
  const [found] = await database.ask(
    "SELECT count(*)::int AS count FROM pg_inherits WHERE inhparent = 'entries'::regclass",
  );
  expect([3, 5]).toContain(made?.partition_count);
  expect(found?.count).toBe(made?.partition_count);
});

test('[E1] [M3] groups of the version before have an owner and a name afterwards, and nothing is lost', async () => {
  await using database = await migrating();
  await database.run(migrations.slice(0, 3));
  await database.ask(formerRows((hexadecimal) => `'\\x${hexadecimal}'`).join(';'));
  const store = await openPostgresStore({ url: server.url, schema: database.schema });
  await expectFormerGroups(store);
  await store.close();
});

test('[P1] one partition makes plain tables', async () => {
  await using database = await migrating();
  await database.run(migrations, 1);
  const [found] = await database.ask("SELECT relkind FROM pg_class WHERE oid = 'entries'::regclass");
  expect(found?.relkind).toBe('r');
});

test('[P1] the schema has nothing that would tie tables together: no foreign keys, sequences or triggers', async () => {
  await using database = await migrating();
  await database.run(migrations);
  const found = await database.ask(`
    SELECT conname AS name FROM pg_constraint WHERE contype = 'f' AND connamespace = '${database.schema}'::regnamespace
    UNION ALL SELECT relname FROM pg_class WHERE relkind = 'S' AND relnamespace = '${database.schema}'::regnamespace
    UNION ALL SELECT tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
      WHERE c.relnamespace = '${database.schema}'::regnamespace`);
  expect(found).toEqual([]);
});

test('[SRC-2] what was said before there was an index is found afterwards, and what is said meanwhile', async () => {
  const options = { url: server.url, schema: `migrate_${++schemaCount}`, partitionCount: 2 };
  const former = await openPostgresStore(options);
  const lines = await sayAll(former, 150);
  await former.close();
  const version = migrations.findIndex(({ sql }) => sql(1).includes('search_entries'));
  const connection = await Connection.open(options, []);
  await connection.execute(`DROP TABLE search_entries, search_progress, search_waiting;
    UPDATE schema_version SET version = ${version}`);
  await connection.close();
  const store = await openPostgresStore(options);
  lines.push(await say(store, 's0', 'meanwhile'));
  expect(await sayingsNotFound(store, lines)).toEqual([]);
  await store.close();
});
