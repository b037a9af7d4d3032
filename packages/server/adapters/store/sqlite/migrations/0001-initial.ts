import type { Migration } from './migration.ts';

/**
 * Portable on purpose: text, integers, blobs, and every table led by what it would be distributed by (a conversation or a
 * user). `sends` is a table and not an index of `entries` because it belongs with its sender, not with a conversation.
 */
export const initial: Migration = {
  version: 1,
  sql: `
    CREATE TABLE conversations (
      conversation_id TEXT NOT NULL PRIMARY KEY,
      last_seq BIGINT NOT NULL,
      last_time_ms BIGINT NOT NULL
    ) WITHOUT ROWID;

    CREATE TABLE entries (
      conversation_id TEXT NOT NULL,
      seq BIGINT NOT NULL,
      kind INTEGER NOT NULL,
      sender_id TEXT NOT NULL,
      client_message_id TEXT NOT NULL,
      client_time_ms BIGINT NOT NULL,
      server_time_ms BIGINT NOT NULL,
      body BLOB NOT NULL,
      PRIMARY KEY (conversation_id, seq)
    ) WITHOUT ROWID;

    CREATE TABLE sends (
      sender_id TEXT NOT NULL,
      client_message_id TEXT NOT NULL,
      conversation_id TEXT NOT NULL,
      seq BIGINT NOT NULL,
      server_time_ms BIGINT NOT NULL,
      PRIMARY KEY (sender_id, client_message_id)
    ) WITHOUT ROWID;

    CREATE TABLE members (
      conversation_id TEXT NOT NULL,
      user_id TEXT NOT NULL,
      PRIMARY KEY (conversation_id, user_id)
    ) WITHOUT ROWID;

    CREATE TABLE memberships (
      user_id TEXT NOT NULL,
      conversation_id TEXT NOT NULL,
      PRIMARY KEY (user_id, conversation_id)
    ) WITHOUT ROWID;

    CREATE TABLE cursors (
      conversation_id TEXT NOT NULL,
      user_id TEXT NOT NULL,
      delivered_seq BIGINT NOT NULL,
      read_seq BIGINT NOT NULL,
      PRIMARY KEY (conversation_id, user_id)
    ) WITHOUT ROWID;

    CREATE TABLE device_positions (
      conversation_id TEXT NOT NULL,
      user_id TEXT NOT NULL,
      device_id TEXT NOT NULL,
      seq BIGINT NOT NULL,
      PRIMARY KEY (conversation_id, device_id)
    ) WITHOUT ROWID;
    CREATE INDEX device_positions_by_device ON device_positions (device_id);

    CREATE TABLE user_events (
      user_id TEXT NOT NULL,
      seq BIGINT NOT NULL,
      event BLOB NOT NULL,
      PRIMARY KEY (user_id, seq)
    ) WITHOUT ROWID;

    CREATE TABLE users (
      user_id TEXT NOT NULL PRIMARY KEY,
      handle TEXT NOT NULL,
      handle_folded TEXT NOT NULL UNIQUE,
      display_name TEXT NOT NULL,
      display_name_folded TEXT NOT NULL,
      status_line TEXT NOT NULL,
      password_hash TEXT NOT NULL,
      created_at_ms BIGINT NOT NULL
    ) WITHOUT ROWID;

    CREATE TABLE devices (
      device_id TEXT NOT NULL PRIMARY KEY,
      user_id TEXT NOT NULL,
      name TEXT NOT NULL,
      created_at_ms BIGINT NOT NULL,
      refresh_hash TEXT NOT NULL,
      previous_refresh_hash TEXT NOT NULL,
      added_seq BIGINT NOT NULL
    ) WITHOUT ROWID;
    CREATE INDEX devices_by_user ON devices (user_id);
  `,
};
