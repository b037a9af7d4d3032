import { afterAll, beforeAll, expect, test } from 'vitest';
import { conversations, groups, people } from './testing/installation.ts';
import { Movings } from './testing/moving.ts';
import { runProgram } from './testing/run-program.ts';

let movings: Movings;
beforeAll(async () => {
  movings = await Movings.create();
});
afterAll(() => movings?.[Symbol.asyncDispose]());

const [first = '', , third = ''] = conversations.keys();
const [group = ''] = groups.keys();
const [ann = '', ben = ''] = people;

const cases: [what: string, sql: string, difference: Record<string, unknown>][] = [
  [
    'a byte of a body',
    `UPDATE entries SET body = body || 'x' WHERE conversation_id = '${first}' AND seq = 450`,
    { owner: 'conversation', name: 'entries', ownerId: first, counts: [900, 900] },
  ],
  [
    'a missing entry',
    `DELETE FROM entries WHERE conversation_id = '${first}' AND seq = 900`,
    { owner: 'conversation', name: 'entries', ownerId: first, counts: [900, 899] },
  ],
  [
    'an entry too many',
    `INSERT INTO entries SELECT 'zzz', seq, kind, sender_id, client_message_id, client_time_ms, server_time_ms, body
     FROM entries WHERE conversation_id = '${first}' AND seq = 1`,
    { owner: 'conversation', name: 'entries', ownerId: 'zzz', counts: [0, 1] },
  ],
  [
    'two texts that are the same together',
    `UPDATE users SET status_line = status_line || left(password_hash, 2), password_hash = substr(password_hash, 3)
     WHERE user_id = '${ben}'`,
    { owner: 'account', name: 'users', ownerId: ben, counts: [1, 1] },
  ],
  [
    'another seq of a send',
    `UPDATE sends SET seq = seq + 1 WHERE sender_id = '${ann}' AND conversation_id = '${third}' AND seq = 1`,
    { owner: 'account', name: 'sends', ownerId: ann },
  ],
  [
    'an event of a user log',
    `UPDATE user_events SET event = '' WHERE user_id = '${ann}' AND seq = 1`,
    { owner: 'account', name: 'user_events', ownerId: ann },
  ],
  [
    'a record',
    `UPDATE account_records SET changed_at_ms = 5 WHERE user_id = '${ann}' AND record_key = 'setting/theme'`,
    { owner: 'account', name: 'account_records', ownerId: ann, counts: [4, 4] },
  ],
  [
    'a cursor',
    `UPDATE cursors SET read_seq = read_seq - 1 WHERE user_id = '${ann}' AND conversation_id = '${first}'`,
    { owner: 'conversation', name: 'cursors', ownerId: first, counts: [1, 1] },
  ],
  [
    'a header',
    `UPDATE entries SET header = NULL WHERE conversation_id = '${group}' AND seq = 2`,
    { owner: 'conversation', name: 'entries', ownerId: group },
  ],
  [
    'a header where there was none',
    `UPDATE entries SET header = '' WHERE conversation_id = '${first}' AND seq = 450`,
    { owner: 'conversation', name: 'entries', ownerId: first, counts: [900, 900] },
  ],
  [
    'what a group was when somebody left it',
    `UPDATE members SET parting_facts = NULL WHERE conversation_id = '${group}'`,
    { owner: 'conversation', name: 'members', ownerId: group },
  ],
  [
    'what a group is',
    `UPDATE conversation_facts SET facts = facts || 'x' WHERE conversation_id = '${group}'`,
    { owner: 'conversation', name: 'conversation_facts', ownerId: group, counts: [1, 1] },
  ],
  [
    'whether a change stands',
    `UPDATE message_changes SET superseded = 1 - superseded WHERE conversation_id = '${group}' AND target_seq = 2`,
    { owner: 'conversation', name: 'message_changes', ownerId: group },
  ],
  [
    'a mention',
    `DELETE FROM mentions WHERE conversation_id = '${group}'`,
    { owner: 'conversation', name: 'mentions', ownerId: group },
  ],
  [
    'a lifetime',
    `UPDATE lifetimes SET due_at_ms = due_at_ms + 1 WHERE conversation_id = '${group}'`,
    { owner: 'conversation', name: 'lifetimes', ownerId: group },
  ],
  [
    'a device',
    `DELETE FROM devices WHERE device_id = '${ann} phone'`,
    { owner: 'device', name: 'devices', ownerId: `${ann} phone`, counts: [1, 0] },
  ],
];

test.each(cases)('[M3] %s that is not as in the source is found and named', async (_what, sql, expected) => {
  const moving = await movings.next();
  await runProgram([...moving.programArguments(1_000), 'verifying']);
  await moving.query(sql);
  const { differences, differenceCount } = await moving.move();
  const named = differences.map(({ table, ownerId, sourceRowCount, targetRowCount }) => ({
    ...{ owner: table.owner, name: table.name, ownerId },
    counts: [sourceRowCount, targetRowCount],
  }));
  expect(named).toMatchObject([expected]);
  expect(differenceCount).toBe(1);
  await expect(moving.openTarget()).rejects.toMatchObject({ reason: 'unfinished-move' });
});

test('[P8] of very many differences the first are named and the others counted', async () => {
  const moving = await movings.next();
  await runProgram([...moving.programArguments(1_000), 'verifying']);
  await moving.query('UPDATE conversations SET last_seq = last_seq + 1; TRUNCATE members');
  const { differences, differenceCount } = await moving.move();
  expect(differences).toHaveLength(100);
  expect(differenceCount).toBe(2 * (conversations.size + groups.size));
});
