import type { MovedTable } from './table.ts';

/** In conversations every entry was one send, and seqs have no holes. */
const ENTRY_TOTAL = 'SELECT coalesce(sum(last_seq), 0) FROM conversations';

/**
 * Everything an installation consists of, in the order in which it is moved: what is small first, so that what cannot be
 * moved shows early. A test compares this with the schemas of both engines.
 */
export const movedTables: readonly MovedTable[] = [
  {
    name: 'secrets',
    owner: 'secret',
    key: { name: 'text' },
    others: { value: 'bytes' },
    source: { table: 'secrets' },
  },
  {
    name: 'users',
    owner: 'account',
    key: { user_id: 'text' },
    others: {
      handle: 'text',
      handle_folded: 'text',
      display_name: 'text',
      display_name_folded: 'text',
      status_line: 'text',
      password_hash: 'text',
      created_at_ms: 'integer',
    },
    source: { table: 'users' },
  },
  {
    name: 'devices',
    owner: 'device',
    key: { device_id: 'text' },
    others: {
      user_id: 'text',
      name: 'text',
      created_at_ms: 'integer',
      refresh_hash: 'text',
      previous_refresh_hash: 'text',
      added_seq: 'integer',
    },
    source: { table: 'devices' },
  },
  {
    name: 'conversations',
    owner: 'conversation',
    key: { conversation_id: 'text' },
    others: { last_seq: 'integer', last_time_ms: 'integer', member_count: 'integer', facts_seq: 'integer' },
    source: { table: 'conversations' },
  },
  {
    name: 'conversation_facts',
    owner: 'conversation',
    key: { conversation_id: 'text' },
    others: { facts: 'bytes' },
    source: { table: 'conversation_facts' },
  },
  {
    name: 'members',
    owner: 'conversation',
    key: { conversation_id: 'text', user_id: 'text' },
    others: {
      role: 'integer',
      nickname: 'text',
      nickname_folded: 'text',
      muted_until_ms: 'integer',
      from_seq: 'integer',
      until_seq: 'integer',
      parting_facts: 'bytes',
    },
    source: { table: 'members' },
  },
  {
    name: 'memberships',
    owner: 'account',
    key: { user_id: 'text', conversation_id: 'text' },
    others: {},
    source: { table: 'memberships' },
  },
  {
    // The read position before the last change matters only within the statement that makes the change.
    name: 'cursors',
    owner: 'conversation',
    key: { conversation_id: 'text', user_id: 'text' },
    others: { delivered_seq: 'integer', read_seq: 'integer', read_seq_before: 'integer' },
    source: { table: 'cursors', expressions: { read_seq_before: 'read_seq' } },
  },
  {
    name: 'device_positions',
    owner: 'conversation',
    key: { conversation_id: 'text', device_id: 'text' },
    others: { user_id: 'text', seq: 'integer' },
    source: { table: 'device_positions' },
  },
  {
    name: 'user_logs',
    owner: 'account',
    key: { user_id: 'text' },
    others: { last_seq: 'integer', record_count: 'integer' },
    source: {
      table: 'user_events',
      isGrouped: true,
      expressions: {
        last_seq: 'max(seq)',
        record_count: `coalesce((SELECT record_count FROM account_record_counts c WHERE c.user_id = user_events.user_id), 0)`,
      },
      total: 'SELECT count(DISTINCT user_id) FROM user_events',
    },
  },
  {
    name: 'user_events',
    owner: 'account',
    key: { user_id: 'text', seq: 'integer' },
    others: { record_key: 'text', event: 'bytes' },
    source: { table: 'user_events', expressions: { record_key: 'record_key_of(event)' } },
  },
  {
    name: 'account_records',
    owner: 'account',
    key: { user_id: 'text', record_key: 'text' },
    others: { changed_at_ms: 'integer', seq: 'integer', value: 'bytes' },
    source: { table: 'account_records' },
  },
  {
    name: 'message_changes',
    owner: 'conversation',
    key: { conversation_id: 'text', target_seq: 'integer', seq: 'integer' },
    others: { kind: 'integer', sender_id: 'text', superseded: 'integer' },
    source: { table: 'message_changes' },
  },
  {
    name: 'mentions',
    owner: 'conversation',
    key: { conversation_id: 'text', user_id: 'text', seq: 'integer' },
    others: { sender_id: 'text' },
    source: { table: 'mentions' },
  },
  {
    name: 'lifetimes',
    owner: 'conversation',
    key: { conversation_id: 'text', seq: 'integer' },
    others: { sender_id: 'text', lifetime_ms: 'integer', due_at_ms: 'integer' },
    source: { table: 'lifetimes' },
  },
  {
    name: 'entries',
    owner: 'conversation',
    key: { conversation_id: 'text', seq: 'integer' },
    others: {
      kind: 'integer',
      sender_id: 'text',
      client_message_id: 'text',
      client_time_ms: 'integer',
      server_time_ms: 'integer',
      body: 'bytes',
      header: 'bytes',
    },
    source: { table: 'entries', total: ENTRY_TOTAL },
  },
  {
    name: 'sends',
    owner: 'account',
    key: { sender_id: 'text', client_message_id: 'text' },
    others: { conversation_id: 'text', seq: 'integer', server_time_ms: 'integer' },
    source: { table: 'sends', total: ENTRY_TOTAL },
  },
];
