import type { Migration } from './migration.ts';

/**
 * What kind a device is, when it was seen, and why it ended, by its place in the user log; the users that apps bring, by the
 * ids they have there; and the keys that apps call with.
 */
export const deviceKindsAndAppAccess: Migration = {
  version: 5,
  sql: `
    ALTER TABLE devices ADD COLUMN kind TEXT NOT NULL DEFAULT 'web';
    ALTER TABLE devices ADD COLUMN last_seen_at_ms BIGINT NOT NULL DEFAULT 0;
    UPDATE devices SET last_seen_at_ms = created_at_ms;

    CREATE TABLE ended_devices (
      device_id TEXT NOT NULL PRIMARY KEY,
      user_id TEXT NOT NULL,
      reason TEXT NOT NULL,
      by_name TEXT NOT NULL,
      refresh_hash TEXT NOT NULL,
      previous_refresh_hash TEXT NOT NULL,
      removed_seq BIGINT NOT NULL
    ) WITHOUT ROWID;
    CREATE INDEX ended_devices_by_user ON ended_devices (user_id, removed_seq);

    CREATE TABLE app_users (
      external_id TEXT NOT NULL PRIMARY KEY,
      user_id TEXT NOT NULL
    ) WITHOUT ROWID;

    CREATE TABLE api_keys (
      key_id TEXT NOT NULL PRIMARY KEY,
      name TEXT NOT NULL,
      key_hash TEXT NOT NULL UNIQUE,
      scopes TEXT NOT NULL,
      created_at_ms BIGINT NOT NULL,
      last_used_at_ms BIGINT NOT NULL
    ) WITHOUT ROWID;
  `,
};
