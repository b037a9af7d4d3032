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
      kind: 'text',
      created_at_ms: 'integer',
      last_seen_at_ms: 'integer',
      refresh_hash: 'text',
      previous_refresh_hash: 'text',
      added_seq: 'integer',
    },
    source: { table: 'devices' },
  },
  {
    name: 'ended_devices',
    owner: 'device',
    key: { device_id: 'text' },
    others: {
      user_id: 'text',
      reason: 'text',
      by_name: 'text',
      refresh_hash: 'text',
      previous_refresh_hash: 'text',
      removed_seq: 'integer',
    },
    source: { table: 'ended_devices' },
  },
  {
    name: 'api_keys',
    owner: 'API key',
    key: { key_id: 'text' },
    others: { name: 'text', key_hash: 'text', scopes: 'text', created_at_ms: 'integer', last_used_at_ms: 'integer' },
    source: { table: 'api_keys' },
  },
  {
    name: 'app_users',
    owner: 'app user',
    key: { external_id: 'text' },
    others: { user_id: 'text' },
    source: { table: 'app_users' },
  },
  {
    name: 'conversations',
    owner: 'conversation',
    key: { conversation_id: 'text' },
    others: { last_seq: 'integer', last_time_ms: 'integer', member_count: 'integer' },
    source: { table: 'conversations' },
  },
  {
    name: 'members',
    owner: 'conversation',
    key: { conversation_id: 'text', user_id: 'text' },
    others: {},
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
