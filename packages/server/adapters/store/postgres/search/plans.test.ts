import { afterAll, beforeAll, expect, test } from 'vitest';
import { sayAll } from '../../testing/sayings.ts';
import { openPostgresStore } from '../index.ts';
import { searchStatements } from '../statements.ts';
import { startServer, type TestServer } from '../testing/server.ts';
import { Connection } from '../wire/connection.ts';
import { SEARCH_SETTINGS } from './connection.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server?.[Symbol.asyncDispose]());

/** What each statement is asked here. */
const asked: Readonly<Record<string, string>> = {
  lock_conversations: `'{s0}'`,
  find_unindexed: `'9'`,
  lock_free: `'{s0}'`,
  read_unindexed: `'{s0}', '9'`,
  add_indexed: `'{s9}', '{9}', '{9}', '{x}'`,
  save_progress: `'{s0}', '{0}', '{9}'`,
  end_waiting: `'{s0}'`,
  wait_again: `'{s0}'`,
  find_windows: `'ann', '{s0}', '{9}'`,
  find_candidates: `'ann', '{s0}', '{0}', '{99}', '{"''x''"}', '9'`,
};

interface Plan {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  'Actual Loops'?: number;
  Plans?: Plan[];
}

const nodesOf = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];

async function nodes(connection: Connection, name: string): Promise<Plan[]> {
  await connection.execute('BEGIN');
  const [row] = await connection.execute(`EXPLAIN (ANALYZE, FORMAT JSON) EXECUTE ${name}(${asked[name]})`);
  await connection.execute('ROLLBACK');
  const explained = (row?.['QUERY PLAN'] ?? []) as { Plan: Plan }[];
  return explained.flatMap(({ Plan: plan }) => nodesOf(plan));
}

const opened = async () => {
  const connection = await Connection.open({ url: server.url, schema: 'hongyan' }, searchStatements);
  await connection.execute(SEARCH_SETTINGS);
  return connection;
};

test('[SRC-1, P8] messages are looked for by the index of terms in one partition, and no table is read as a whole', async () => {
  const store = await openPostgresStore({ url: server.url, partitionCount: 8 });
  const expectIndexes = async () => {
    const connection = await opened();
    for (const { name } of searchStatements) {
      const types = (await nodes(connection, name)).map((node) => node['Node Type']);
      expect(types, name).not.toContain('Seq Scan');
    }
    const looked = (await nodes(connection, 'find_candidates'))
      .filter((node) => (node['Actual Loops'] ?? 0) > 0)
      .map((node) => `${node['Index Name'] ?? node['Relation Name'] ?? ''}`)
      .filter((name) => name.startsWith('search_entries'));
    expect(looked.filter((name) => name.endsWith('terms_idx'))).toHaveLength(1);
    expect(looked.filter((name) => !/^search_entries_\d(_terms_idx)?$/.test(name))).toEqual([]);
    await connection.close();
  };
  await sayAll(store, 1);
  await store.search.index(100);
  await expectIndexes();
  await sayAll(store, 3_000);
  while ((await store.search.index(500)) > 0);
  const connection = await opened();
  await connection.execute('ANALYZE');
  await connection.close();
  await expectIndexes();
  await store.close();
});
