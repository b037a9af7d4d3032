import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openPostgresStore } from './index.ts';
import { hotStatements } from './statements.ts';
import { message } from './testing/message.ts';
import { startServer, type TestServer } from './testing/server.ts';
import { Connection } from './wire/connection.ts';

const PARTITIONS = 8;
const conversations = Array.from({ length: 60 }, (_, at) => `c${at}`);
const accounts = Array.from({ length: 60 }, (_, at) => `u${at}`);

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
  await store.cursors.advance({
    cursors: conversations.map((conversationId, at) => ({
      conversationId,
      userId: `u${at}`,
      deliveredSeq: 1,
      readSeq: 1,
    })),
    positions: conversations.map((conversationId, at) => ({ conversationId, userId: `u${at}`, deviceId: 'd', seq: 1 })),
    timeMs: 1,
  });
  const records = accounts.map((userId) => ({ userId, key: 'k', value: Uint8Array.of(1), changedAtMs: 1, timeMs: 1 }));
  await Promise.all(records.map((record) => store.records.set(record)));
  await store.close();
  connection = await Connection.open({ url: server.url, schema: 'hongyan' }, hotStatements);
});

afterAll(async () => {
  await connection?.close();
  await server?.[Symbol.asyncDispose]();
});

interface Plan {
  'Relation Name'?: string;
  'Actual Loops'?: number;
  'Node Type': string;
  Plans?: Plan[];
}

/** The partitions that the statement looked into, as it was carried out with its one, generic plan. */
async function touched(name: string, values: readonly string[]): Promise<Set<string>> {
  await connection.execute('BEGIN');
  const [row] = await connection.execute(`EXPLAIN (ANALYZE, FORMAT JSON) EXECUTE ${name}(${values.join(', ')})`);
  await connection.execute('ROLLBACK');
  const explained = (row?.['QUERY PLAN'] ?? []) as { Plan: Plan }[];
  return new Set(explained.flatMap(({ Plan: plan }) => lookedInto(plan)));
}

const lookedInto = (plan: Plan): string[] => [
  ...(plan['Actual Loops'] && plan['Relation Name'] && plan['Node Type'] !== 'ModifyTable'
    ? [plan['Relation Name']]
    : []),
  ...(plan.Plans ?? []).flatMap(lookedInto),
];

/** Where PostgreSQL keeps the rows of these keys. */
async function partitionsOf(table: string, key: string, values: readonly string[]): Promise<string[]> {
  const rows = await connection.execute(
    `SELECT DISTINCT tableoid::regclass::text AS name FROM ${table} WHERE ${key} IN (${values.map(quoted).join(', ')})`,
  );
  return rows.map(({ name }) => String(name));
}

const quoted = (value: string) => `'${value}'`;
const list = (values: readonly string[]) => `'{${values.join(',')}}'`;
const repeated = (value: number, count: number) => list(Array.from({ length: count }, () => String(value)));

type Keys = { conversationIds: readonly string[]; userIds: readonly string[] };
type Case = [name: string, tables: readonly string[], values: (keys: Keys) => string[]];

const BY_CONVERSATION = 'conversation_id';
const BY_USER = 'user_id';
const keyColumn: Record<string, string> = {
  conversations: BY_CONVERSATION,
  entries: BY_CONVERSATION,
  members: BY_CONVERSATION,
  cursors: BY_CONVERSATION,
  device_positions: BY_CONVERSATION,
  sends: 'sender_id',
  memberships: BY_USER,
  user_logs: BY_USER,
  user_events: BY_USER,
  account_records: BY_USER,
};

const first = (values: readonly string[]) => quoted(values[0] ?? '');
const ofOne: Case[] = [
  ['oldest_entries', ['entries'], ({ conversationIds }) => [first(conversationIds), '0', '9', '9', '9']],
  ['newest_entries', ['entries'], ({ conversationIds }) => [first(conversationIds), '0', '9', '9', '9']],
  ['head_of', ['conversations', 'members', 'cursors'], ({ conversationIds }) => [first(conversationIds)]],
  ['count_others', ['entries'], ({ conversationIds }) => [first(conversationIds), '0', '9', '9', "'x'", '9']],
  ['positions_in', ['device_positions'], ({ conversationIds }) => [first(conversationIds)]],
  ['user_events_after', ['user_events', 'account_records'], ({ userIds }) => [first(userIds), '0', '99']],
  ['user_last_seq', ['user_logs'], ({ userIds }) => [first(userIds)]],
  ['records_after', ['account_records'], ({ userIds }) => [first(userIds), '0', '9', '9']],
];

const ofBatches: Case[] = [
  ['lock_conversations', ['conversations'], ({ conversationIds }) => [list(conversationIds)]],
  [
    'find_sends',
    ['sends'],
    ({ userIds }) => [list(userIds), list(userIds.map((userId) => `m${accounts.indexOf(userId)}`))],
  ],
  [
    'grow_conversations',
    ['conversations'],
    ({ conversationIds }) => [
      list(conversationIds),
      repeated(2, conversationIds.length),
      repeated(2, conversationIds.length),
    ],
  ],
  ['find_records', ['account_records'], ({ userIds }) => [list(userIds), list(userIds.map(() => 'k'))]],
  ['count_records', ['user_logs'], ({ userIds }) => [list(userIds), repeated(1, userIds.length)]],
  [
    'add_user_events',
    ['user_logs'],
    ({ userIds }) => [
      list(userIds),
      repeated(-1, userIds.length),
      list(userIds.map(() => 'x')),
      list(userIds.map(() => 'k')),
    ],
  ],
];

/** These look nothing up: each row goes to the one partition of its key. */
const insertsOnly = [
  'begin_conversations',
  'write_entries',
  'add_members',
  'add_memberships',
  'merge_cursors',
  'merge_positions',
  'grow_user_logs',
  'save_records',
];

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
    const lookedAt = [...ofOne, ...ofBatches].map(([name]) => name);
    expect([...lookedAt, ...insertsOnly, 'heads_of'].sort()).toEqual(hotStatements.map(({ name }) => name).sort());
  });

  test.each([...ofOne, ...ofBatches])('[P8] %s of one key looks into one partition of each table', async (...asked) => {
    const keys = { conversationIds: ['c7'], userIds: ['u7'] };
    await expectTouched(asked, keys);
    expect((await touched(asked[0], asked[2](keys))).size).toBe(asked[1].length);
  });

  test.each(ofBatches)('[P8] %s of a batch looks into the partitions of its keys only', async (...asked) => {
    await expectTouched(asked, { conversationIds: ['c1', 'c2', 'c3'], userIds: ['u1', 'u2', 'u3'] });
  });

  test('[P8] the conversations of an account are found by its own partition and theirs', async () => {
    const expected = await partitionsOf('memberships', BY_USER, ['u5']);
    for (const table of ['conversations', 'members', 'cursors']) {
      expected.push(...(await partitionsOf(table, BY_CONVERSATION, ['c4', 'c5'])));
    }
    expect([...(await touched('heads_of', ["'u5'", '9']))].sort()).toEqual(expected.sort());
  });

  test.each(insertsOnly)('[P8] %s looks nothing up', async (name) => {
    const { text } = hotStatements.find((statement) => statement.name === name) ?? { text: '' };
    const tables = Object.keys(keyColumn).join('|');
    expect(text).toMatch(/INSERT INTO/);
    expect(text).not.toMatch(new RegExp(`(FROM|JOIN)\\s+(${tables})\\b`));
  });
});
