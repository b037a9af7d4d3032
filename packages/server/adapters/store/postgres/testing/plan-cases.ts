export const quoted = (value: string) => `'${value}'`;
const list = (values: readonly string[]) => `'{${values.join(',')}}'`;
const repeated = (value: number, count: number) => list(Array.from({ length: count }, () => String(value)));

/** Account u7 sent message m7 of conversation c7, and so on. */
export type Keys = { conversationIds: readonly string[]; userIds: readonly string[] };
/** A statement, the tables it looks into, and its parameters for these keys. */
export type Case = [name: string, tables: readonly string[], values: (keys: Keys) => string[]];

export const BY_CONVERSATION = 'conversation_id';
export const BY_USER = 'user_id';
/** What each hot table is distributed by; accounts are in one. */
export const keyColumn: Record<string, string> = {
  conversations: BY_CONVERSATION,
  entries: BY_CONVERSATION,
  members: BY_CONVERSATION,
  cursors: BY_CONVERSATION,
  device_positions: BY_CONVERSATION,
  conversation_facts: BY_CONVERSATION,
  message_changes: BY_CONVERSATION,
  mentions: BY_CONVERSATION,
  lifetimes: BY_CONVERSATION,
  search_entries: BY_CONVERSATION,
  sends: 'sender_id',
  users: BY_USER,
  memberships: BY_USER,
  user_logs: BY_USER,
  user_events: BY_USER,
  account_records: BY_USER,
};

const first = (values: readonly string[]) => quoted(values[0] ?? '');
const page = ({ conversationIds }: Keys) => [first(conversationIds), '0', '9', '9', '9'];
const changes = ({ conversationIds }: Keys) => [first(conversationIds), '0', '1', '9', '9'];
const ones = ({ conversationIds }: Keys) => repeated(1, conversationIds.length);
const twos = ({ conversationIds }: Keys) => repeated(2, conversationIds.length);
/** In each conversation the one that lives a while, mentions somebody and was edited. */
const messages = (keys: Keys) => [list(keys.conversationIds), twos(keys)];

/** Statements of one conversation or account. */
export const ofOne: Case[] = [
  ['oldest_entries', ['entries'], page],
  ['newest_entries', ['entries'], page],
  ['oldest_visible', ['members', 'entries'], (keys) => [...page(keys), first(keys.userIds)]],
  ['newest_visible', ['members', 'entries'], (keys) => [...page(keys), first(keys.userIds)]],
  ['all_changes', ['message_changes', 'entries'], changes],
  ['standing_changes', ['message_changes', 'entries'], changes],
  ['all_visible_changes', ['members', 'message_changes', 'entries'], (keys) => [...changes(keys), first(keys.userIds)]],
  [
    'standing_visible_changes',
    ['members', 'message_changes', 'entries'],
    (keys) => [...changes(keys), first(keys.userIds)],
  ],
  [
    'head_of',
    ['conversations', 'conversation_facts', 'members', 'cursors'],
    ({ conversationIds }) => [first(conversationIds)],
  ],
  [
    'head_for',
    ['conversations', 'conversation_facts', 'members', 'cursors'],
    ({ conversationIds, userIds }) => [first(userIds), first(conversationIds)],
  ],
  ['facts_of', ['conversation_facts'], ({ conversationIds }) => [first(conversationIds)]],
  ['member_of', ['members', 'cursors'], ({ conversationIds, userIds }) => [first(conversationIds), first(userIds)]],
  // Two ranges of one index: the rest of a role, and the roles below.
  ['members_page', ['members'], ({ conversationIds }) => [first(conversationIds), '1', "''", '9']],
  ['members_named', ['members', 'users'], ({ conversationIds }) => [first(conversationIds), '1', "''", '9', "'%x%'"]],
  ['count_mentions', ['mentions'], ({ conversationIds }) => [first(conversationIds), "'u8'", '0', '9', '9']],
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
  ['find_targets', ['entries'], messages],
  [
    'supersede_changes',
    ['message_changes'],
    (keys) => [
      ...messages(keys),
      repeated(9, keys.conversationIds.length),
      repeated(3, keys.conversationIds.length),
      list(keys.conversationIds.map(() => '""')),
      list(keys.conversationIds.map(() => 'z')),
    ],
  ],
  [
    'erase_messages',
    ['message_changes', 'entries'],
    (keys) => [...messages(keys), list(keys.conversationIds.map(() => 'x'))],
  ],
  ['clear_mentions', ['mentions'], messages],
  ['remove_indexed', ['search_entries'], (keys) => [...messages(keys), ones(keys)]],
  [
    'change_indexed',
    ['search_entries'],
    (keys) => [...messages(keys), ones(keys), list(keys.conversationIds.map(() => 'x'))],
  ],
  ['lock_due', ['lifetimes'], messages],
  ['end_lifetimes', ['lifetimes'], messages],
  [
    'start_lifetimes',
    ['lifetimes'],
    (keys) => [
      list(keys.conversationIds),
      list(keys.userIds.map(() => 'x')),
      repeated(0, keys.conversationIds.length),
      twos(keys),
      ones(keys),
    ],
  ],
  ['find_members', ['members'], ({ conversationIds, userIds }) => [list(conversationIds), list(userIds)]],
  ['change_conversations', ['conversations'], (keys) => [list(keys.conversationIds), ones(keys), ones(keys)]],
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

/** Statements that look into partitions of other keys too, with what they are asked. */
export const ofMany: [name: string, values: readonly string[]][] = [
  ['heads_of', ["'u5'", '9']],
  ['search_scopes', ["'u5'", '9']],
  ['find_due', ['99', '9']],
];

/** The index by which a statement finds what it answers, where the primary key would find too much. */
export const indexes: Readonly<Record<string, string>> = {
  clear_mentions: 'mentions_by_seq',
  count_mentions: 'mentions_pkey',
  members_page: 'members_by_role',
  change_indexed: 'search_entries_by_place',
  remove_indexed: 'search_entries_by_place',
  members_named: 'members_by_role',
  standing_changes: 'message_changes_standing',
  standing_visible_changes: 'message_changes_standing',
  supersede_changes: 'message_changes_standing',
  find_due: 'lifetimes_due',
};

/** These look nothing up: each row goes to the one partition of its key. */
export const insertsOnly = [
  'begin_conversations',
  'write_entries',
  'write_headed_entries',
  'save_facts',
  'save_members',
  'add_memberships',
  'add_changes',
  'add_mentions',
  'add_lifetimes',
  'add_waiting',
  'merge_cursors',
  'merge_positions',
  'grow_user_logs',
  'save_records',
];
