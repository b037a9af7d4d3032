import type { Migration } from './migration.ts';
import { type HotTable, partitioned } from './partitioned.ts';

// Texts compare by their bytes: the same on every machine, cheaper than a language's order, and the order in which locks
// are taken. Nothing refers across tables, and nothing counts but rows, so that any table can be moved or distributed.
const ID = 'text COLLATE "C" NOT NULL';
const NUMBER = 'bigint NOT NULL';

const hotTables: readonly HotTable[] = [
  {
    name: 'conversations',
    columns: `conversation_id ${ID}, last_seq ${NUMBER}, last_time_ms ${NUMBER}`,
    distributedBy: 'conversation_id',
    primaryKey: 'conversation_id',
    updated: true,
  },
  {
    name: 'entries',
    columns: `conversation_id ${ID}, seq ${NUMBER}, kind ${NUMBER}, sender_id ${ID}, client_message_id ${ID},
      client_time_ms ${NUMBER}, server_time_ms ${NUMBER}, body bytea NOT NULL`,
    distributedBy: 'conversation_id',
    primaryKey: 'conversation_id, seq',
  },
  {
    name: 'sends',
    columns: `sender_id ${ID}, client_message_id ${ID}, conversation_id ${ID}, seq ${NUMBER}, server_time_ms ${NUMBER}`,
    distributedBy: 'sender_id',
    primaryKey: 'sender_id, client_message_id',
  },
  {
    name: 'members',
    columns: `conversation_id ${ID}, user_id ${ID}`,
    distributedBy: 'conversation_id',
    primaryKey: 'conversation_id, user_id',
  },
  {
    name: 'memberships',
    columns: `user_id ${ID}, conversation_id ${ID}`,
    distributedBy: 'user_id',
    primaryKey: 'user_id, conversation_id',
  },
  {
    // The read position before the last change is kept beside it, so that one statement merges and tells what grew.
    name: 'cursors',
    columns: `conversation_id ${ID}, user_id ${ID}, delivered_seq ${NUMBER}, read_seq ${NUMBER}, read_seq_before ${NUMBER}`,
    distributedBy: 'conversation_id',
    primaryKey: 'conversation_id, user_id',
    updated: true,
  },
  {
    name: 'device_positions',
    columns: `conversation_id ${ID}, device_id ${ID}, user_id ${ID}, seq ${NUMBER}`,
    distributedBy: 'conversation_id',
    primaryKey: 'conversation_id, device_id',
    updated: true,
  },
  {
    // The end of each account's user log, and how many records the account has.
    name: 'user_logs',
    columns: `user_id ${ID}, last_seq ${NUMBER}, record_count bigint NOT NULL DEFAULT 0`,
    distributedBy: 'user_id',
    primaryKey: 'user_id',
    updated: true,
  },
  {
    // The record that an event tells of, empty for all others.
    name: 'user_events',
    columns: `user_id ${ID}, seq ${NUMBER}, event bytea NOT NULL, record_key ${ID}`,
    distributedBy: 'user_id',
    primaryKey: 'user_id, seq',
  },
  {
    name: 'account_records',
    columns: `user_id ${ID}, record_key ${ID}, changed_at_ms ${NUMBER}, value bytea NOT NULL, seq ${NUMBER}`,
    distributedBy: 'user_id',
    primaryKey: 'user_id, record_key',
    updated: true,
  },
];

export const initial: Migration = {
  version: 1,
  sql: (partitionCount) => `
    ${hotTables.map((table) => partitioned(table, partitionCount)).join('\n')}
    CREATE INDEX device_positions_by_device ON device_positions (device_id);
    CREATE INDEX account_records_by_seq ON account_records (user_id, seq);

    -- Not hot, and a handle is unique among all accounts: one table each.
    CREATE TABLE users (
      user_id ${ID} PRIMARY KEY,
      handle text NOT NULL,
      handle_folded ${ID} UNIQUE,
      display_name text NOT NULL,
      display_name_folded ${ID},
      status_line text NOT NULL,
      password_hash text NOT NULL,
      created_at_ms ${NUMBER}
    );
    CREATE TABLE devices (
      device_id ${ID} PRIMARY KEY,
      user_id ${ID},
      name text NOT NULL,
      created_at_ms ${NUMBER},
      refresh_hash text NOT NULL,
      previous_refresh_hash text NOT NULL,
      added_seq ${NUMBER}
    );
    CREATE INDEX devices_by_user ON devices (user_id);
  `,
};
