export const quoted = (value: string) => `'${value}'`;
const list = (values: readonly string[]) => `'{${values.join(',')}}'`;
const repeated = (value: number, count: number) => list(Array.from({ length: count }, () => String(value)));

/** Account u7 sent message m7 of conversation c7, and so on. */
export type Keys = { conversationIds: readonly string[]; userIds: readonly string[] };
/** A statement, the tables it looks into, and its parameters for these keys. */
export type Case = [name: string, tables: readonly string[], values: (keys: Keys) => string[]];

export const BY_CONVERSATION = 'conversation_id';
export const BY_USER = 'user_id';
/** What each hot table is distributed by. */
export const keyColumn: Record<string, string> = {
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
/** Statements of one conversation or account. */
export const ofOne: Case[] = [
  ['oldest_entries', ['entries'], ({ conversationIds }) => [first(conversationIds), '0', '9', '9', '9']],
  ['newest_entries', ['entries'], ({ conversationIds }) => [first(conversationIds), '0', '9', '9', '9']],
  ['head_of', ['conversations', 'members', 'cursors'], ({ conversationIds }) => [first(conversationIds)]],
  ['count_others', ['entries'], ({ conversationIds }) => [first(conversationIds), '0', '9', '9', "'x'", '9']],
  ['positions_in', ['device_positions'], ({ conversationIds }) => [first(conversationIds)]],
  ['user_events_after', ['user_events', 'account_records'], ({ userIds }) => [first(userIds), '0', '99']],
  ['user_last_seq', ['user_logs'], ({ userIds }) => [first(userIds)]],
  ['records_after', ['account_records'], ({ userIds }) => [first(userIds), '0', '9', '9']],
];

/** Statements of many at once. */
export const ofBatches: Case[] = [
  ['lock_conversations', ['conversations'], ({ conversationIds }) => [list(conversationIds)]],
  ['find_sends', ['sends'], ({ userIds }) => [list(userIds), list(userIds.map((userId) => `m${userId.slice(1)}`))]],
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
export const insertsOnly = [
  'begin_conversations',
  'write_entries',
  'add_members',
  'add_memberships',
  'merge_cursors',
  'merge_positions',
  'grow_user_logs',
  'save_records',
];
