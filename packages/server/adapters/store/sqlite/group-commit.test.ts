import { StoreError } from '@hongyan/core/ports';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { message } from '../testing/message.ts';
import { createAppend } from './append.ts';
import { ConversationRows } from './conversation-rows.ts';
import { createGroupCommit } from './group-commit.ts';
import { openSqliteStore } from './index.ts';
import { migrate } from './migrate.ts';
import { migrations } from './migrations/index.ts';
import { WaitingConversations } from './search/waiting.ts';
import { temporaryDirectory } from './testing/directory.ts';
import { createAddUserEvent } from './user-events.ts';

let database: Sqlite.Database;
beforeEach(() => {
  database = new Sqlite(':memory:');
  migrate(database, migrations);
});
afterEach(() => {
  database.close();
});

function prepared() {
  const rows = new ConversationRows(database);
  const waiting = new WaitingConversations(database);
  const append = createAppend(database, { rows, waiting, addUserEvent: createAddUserEvent(database) });
  return { append, commitTogether: createGroupCommit(database, [rows, waiting]) };
}

const isOk = ({ ok }: { ok: boolean }) => ok;

test('[LOG-3] a task that fails in the middle fails alone, and the others keep contiguous places', () => {
  const { append: appendOne, commitTogether } = prepared();
  const append = (id: string) => () => appendOne(message(id)).seq;
  const outcomes = commitTogether([
    append('m1'),
    () => {
      appendOne(message('lost'));
      throw new Error('a defect');
    },
    () => {
      throw new StoreError('rejected', 'handle-taken');
    },
    append('m2'),
  ]);
  expect(outcomes).toEqual([
    { ok: true, value: 1 },
    { ok: false, kind: 'unavailable', reason: 'a defect' },
    { ok: false, kind: 'rejected', reason: 'handle-taken' },
    { ok: true, value: 2 },
  ]);
  expect(database.prepare('SELECT client_message_id FROM entries ORDER BY seq').pluck().all()).toEqual(['m1', 'm2']);
  expect(database.prepare('SELECT last_seq FROM conversations').pluck().all()).toEqual([2]);
});

test('[LOG-1] a full disk acknowledges nothing, keeps what was acknowledged, and ends with the shortage', () => {
  const { append: appendOne, commitTogether } = prepared();
  const append = (id: string) => () => appendOne(message(id, { body: new Uint8Array(20_000) })).seq;
  expect(commitTogether([append('m1')]).every(isOk)).toBe(true);
  const pages = Number(database.pragma('page_count', { simple: true }));
  database.pragma(`max_page_count = ${pages}`);
  const full = { ok: false, kind: 'unavailable', reason: 'disk-full' };
  expect(commitTogether([append('m2'), append('m3')])).toEqual([full, full]);
  database.pragma(`max_page_count = ${pages + 1000}`);
  expect(commitTogether([append('m2')])).toEqual([{ ok: true, value: 2 }]);
});

test('[LOG-1] a store past databaseBytesMax refuses writes and still reads', async () => {
  await using directory = await temporaryDirectory();
  const store = await openSqliteStore({ directory: directory.path, databaseBytesMax: 256 * 1024 });
  const large = (at: number) => message(`m${at}`, { body: new Uint8Array(50_000) });
  const outcomes: PromiseSettledResult<{ seq: number }>[] = [];
  for (let at = 0; at < 8; at++) outcomes.push(...(await Promise.allSettled([store.log.append(large(at))])));
  const refused = outcomes.filter((outcome) => outcome.status === 'rejected').map(({ reason }) => reason);
  expect(refused.length).toBeGreaterThan(0);
  expect(new Set(refused.map(({ kind, reason }) => `${kind}: ${reason}`))).toEqual(new Set(['unavailable: disk-full']));
  expect((await store.log.head(large(0).conversationId))?.lastSeq).toBe(outcomes.length - refused.length);
  await store.close();
});
