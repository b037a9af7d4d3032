import type { Migration } from './migration.ts';

const ID = 'text COLLATE "C" NOT NULL';

/**
 * What kind a device is, when it was seen, and why it ended, by its place in the user log; the users that apps bring, by the
 * ids they have there; and the keys that apps call with.
 */
export const deviceKindsAndAppAccess: Migration = {
  version: 4,
  sql: () => `
    ALTER TABLE devices ADD COLUMN kind text NOT NULL DEFAULT 'web',
      ADD COLUMN last_seen_at_ms bigint NOT NULL DEFAULT 0;
    UPDATE devices SET last_seen_at_ms = created_at_ms;

    CREATE TABLE ended_devices (
      device_id ${ID} PRIMARY KEY,
      user_id ${ID},
      reason text NOT NULL,
      by_name text NOT NULL,
      refresh_hash text NOT NULL,
      previous_refresh_hash text NOT NULL,
      removed_seq bigint NOT NULL
    );
    CREATE INDEX ended_devices_by_user ON ended_devices (user_id, removed_seq);

    CREATE TABLE app_users (
      external_id ${ID} PRIMARY KEY,
      user_id ${ID}
    );

    CREATE TABLE api_keys (
      key_id ${ID} PRIMARY KEY,
      name text NOT NULL,
      key_hash ${ID} UNIQUE,
      scopes text NOT NULL,
      created_at_ms bigint NOT NULL,
      last_used_at_ms bigint NOT NULL
    );
  `,
};
