import { NO_FACTS } from '@hongyan/core';
import { type AppendRequest, HERE } from '@hongyan/core/ports';
import { type EntryHeader, EntryKind } from '@hongyan/protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { message } from '../testing/message.ts';
import { openPostgresStore } from './index.ts';
import { hotStatements } from './statements.ts';
import { account, device } from './testing/device.ts';
import {
  BY_CONVERSATION,
  BY_USER,
  type Case,
  indexes,
  insertsOnly,
  type Keys,
  keyColumn,
  ofBatches,
  ofMany,
  ofOne,
  quoted,
} from './testing/plan-cases.ts';
import { startServer, type TestServer } from './testing/server.ts';
import { Connection } from './wire/connection.ts';

const PARTITIONS = 8;
const conversations = Array.from({ length: 60 }, (_, at) => `c${at}`);
const accounts = Array.from({ length: 60 }, (_, at) => `u${at}`);

const header = (fields: Partial<EntryHeader>): EntryHeader => ({
  ...{ targetSeq: 0, mentionedIds: [], mentionsAll: false, lifetimeMs: 0, livesFromRead: false },
  ...fields,
});

let server: TestServer;
let connection: Connection;

beforeAll(async () => {
  server = await startServer();
  const store = await openPostgresStore({ url: server.url, partitionCount: PARTITIONS });
  await Promise.all(
    conversations.map((conversationId, at) =>
      store.log.append(
        message(`m${at}`, { conversationId, senderId: `u${at}`, members: [`u${at}`, `u${(at + 1) % 60}`] }),
      ),
    ),
  );
  // Each has something of everything: facts, an entry that changes its first, which lives a while and mentions somebody.
  const timed = header({ mentionedIds: ['u8'], lifetimeMs: 1e9, livesFromRead: true });
  await Promise.all(
    conversations.map(async (conversationId, at) => {
      const sent = (id: string, fields: Partial<AppendRequest>) =>
        store.log.append(message(`${id}${at}`, { conversationId, senderId: `u${at}`, ...fields }));
      await sent('timed', { header: timed });
      await sent('edit', { kind: EntryKind.EDIT, header: header({ targetSeq: 2, mentionedIds: ['u8'] }) });
      const change = { facts: { ...NO_FACTS, seq: HERE, name: 'x' }, members: [], joined: [] };
      await sent('change', { kind: EntryKind.CONVERSATION_CHANGED, basisSeq: 0, change });
    }),
  );
  await Promise.all(accounts.map((userId) => store.accounts.createUser(account(userId))));
  await Promise.all(accounts.map((userId, at) => store.accounts.createDevice(device(`d${at}`, userId))));
  await store.cursors.advance({
    cursors: conversations.map((conversationId, at) => ({
      conversationId,
      userId: `u${at}`,
      deliveredSeq: 1,
      readSeq: 1,
    })),
    positions: conversations.map((conversationId, at) => ({
      conversationId,
      userId: `u${at}`,
      deviceId: `d${at}`,
      seq: 1,
    })),
    timeMs: 1,
  });
  const records = accounts.map((userId) => ({ userId, key: 'k', value: Uint8Array.of(1), changedAtMs: 1, timeMs: 1 }));
  await Promise.all(records.map((record) => store.records.set(record)));
  while ((await store.search.index(100)) > 0);
  await store.close();
  connection = await Connection.open({ url: server.url, schema: 'hongyan' }, hotStatements);
});

afterAll(async () => {
  await connection?.close();
  await server?.[Symbol.asyncDispose]();
});

interface Plan {
  'Relation Name'?: string;
  'Index Name'?: string;
  'Actual Loops'?: number;
  'Node Type': string;
  Plans?: Plan[];
}

/** How the statement was carried out, with its one, generic plan. */
async function carriedOut(name: string, values: readonly string[], over = connection): Promise<Plan[]> {
  await over.execute('BEGIN');
  const [row] = await over.execute(`EXPLAIN (ANALYZE, FORMAT JSON) EXECUTE ${name}(${values.join(', ')})`);
  await over.execute('ROLLBACK');
  const explained = (row?.['QUERY PLAN'] ?? []) as { Plan: Plan }[];
  return explained.map(({ Plan: plan }) => plan);
}

/** The partitions that it looked into. */
const touched = async (name: string, values: readonly string[]): Promise<Set<string>> =>
  new Set((await carriedOut(name, values)).flatMap(lookedInto));

const stepsOf = (plan: Plan): string[] => [plan['Node Type'], ...(plan.Plans ?? []).flatMap(stepsOf)];

const lookedInto = (plan: Plan): string[] => [
  ...(plan['Actual Loops'] && plan['Relation Name'] && plan['Node Type'] !== 'ModifyTable'
    ? [plan['Relation Name']]
    : []),
  ...(plan.Plans ?? []).flatMap(lookedInto),
];

const indexesOf = (plan: Plan): string[] => [
  ...(plan['Index Name'] ? [plan['Index Name']] : []),
  ...(plan.Plans ?? []).flatMap(indexesOf),
];

/** The indexes that these are parts of. */
async function parentsOf(names: readonly string[]): Promise<string[]> {
  const rows = await connection.execute(
    `SELECT inhparent::regclass::text AS name FROM pg_inherits
     WHERE inhrelid::regclass::text IN ('', ${names.map(quoted).join(', ') || "''"})`,
  );
  return rows.map(({ name }) => String(name));
}

const keysOfOne = { conversationIds: ['c7'], userIds: ['u7'] };
const all = [...[...ofOne, ...ofBatches].map(([name, , values]) => [name, values(keysOfOne)] as const), ...ofMany];

/** Where PostgreSQL keeps the rows of these keys. */
async function partitionsOf(table: string, key: string, values: readonly string[]): Promise<string[]> {
  const rows = await connection.execute(
    `SELECT DISTINCT tableoid::regclass::text AS name FROM ${table} WHERE ${key} IN (${values.map(quoted).join(', ')})`,
  );
  return rows.map(({ name }) => String(name));
}

async function expectTouched([name, tables, values]: Case, keys: Keys): Promise<void> {
  const expected: string[] = [];
  for (const table of tables) {
    const column = keyColumn[table] ?? '';
    const ofKind = column === BY_CONVERSATION ? keys.conversationIds : keys.userIds;
    expected.push(...(await partitionsOf(table, column, ofKind)));
  }
  expect([...(await touched(name, values(keys)))].sort()).toEqual(expected.sort());
}

describe('partitions', () => {
  test('[P8] every hot statement is looked at here', () => {
    const lookedAt = [...ofOne, ...ofBatches, ...ofMany].map(([name]) => name);
    expect([...lookedAt, ...insertsOnly].sort()).toEqual(hotStatements.map(({ name }) => name).sort());
  });

  test.each([...ofOne, ...ofBatches])('[P8] %s of one key looks into one partition of each table', async (...asked) => {
    await expectTouched(asked, keysOfOne);
    expect((await touched(asked[0], asked[2](keysOfOne))).size).toBe(asked[1].length);
  });

  test.each(ofBatches)('[P8] %s of a batch looks into the partitions of its keys only', async (...asked) => {
    await expectTouched(asked, { conversationIds: ['c1', 'c2', 'c3'], userIds: ['u1', 'u2', 'u3'] });
  });

  test('[P8] the conversations of an account are found by its own partition and theirs', async () => {
    const expected = await partitionsOf('memberships', BY_USER, ['u5']);
    for (const table of ['conversations', 'conversation_facts', 'members', 'cursors']) {
      expected.push(...(await partitionsOf(table, BY_CONVERSATION, ['c4', 'c5'])));
    }
    expect([...(await touched('heads_of', ["'u5'", '9']))].sort()).toEqual(expected.sort());
  });

  test('[P8] no hot statement starts processes of its own, however cheap the planner takes them to be', async () => {
    const other = await Connection.open({ url: server.url, schema: 'hongyan' }, hotStatements);
    for (const cost of ['parallel_setup_cost', 'parallel_tuple_cost', 'min_parallel_index_scan_size']) {
      await other.execute(`SET ${cost} = 0`);
    }
    for (const [name, values] of all) {
      const steps = (await carriedOut(name, values, other)).flatMap(stepsOf);
      expect(steps.filter((step) => step.startsWith('Gather'))).toEqual([]);
    }
    await other.close();
  });

  test('[P8] every hot statement finds its rows by an index, and by the one that finds no more', async () => {
    for (const [name, values] of all) {
      const plans = await carriedOut(name, values);
      expect(plans.flatMap(stepsOf), name).not.toContain('Seq Scan');
      const wanted = indexes[name];
      // That of a partition is called after the partition and the columns.
      if (wanted !== undefined) expect(new Set(await parentsOf(plans.flatMap(indexesOf))), name).toContain(wanted);
    }
  });

  test.each(insertsOnly)('[P8] %s looks nothing up', async (name) => {
    const { text } = hotStatements.find((statement) => statement.name === name) ?? { text: '' };
    const tables = Object.keys(keyColumn).join('|');
    expect(text).toMatch(/INSERT INTO/);
    expect(text).not.toMatch(new RegExp(`(FROM|JOIN)\\s+(${tables})\\b`));
  });
});
