import type { Migration } from './migration.ts';

/**
 * `seq` is the place of a record's last change in its account's user log, whose rows keep the key alone. Records are never
 * deleted, and their number is kept beside them so that the bound costs one row to look at.
 */
export const accountRecords: Migration = {
  version: 2,
  sql: `
    CREATE TABLE account_records (
      user_id TEXT NOT NULL,
      record_key TEXT NOT NULL,
      changed_at_ms BIGINT NOT NULL,
      value BLOB NOT NULL,
      seq BIGINT NOT NULL,
      PRIMARY KEY (user_id, record_key)
    ) WITHOUT ROWID;
    CREATE INDEX account_records_by_seq ON account_records (user_id, seq);

    CREATE TABLE account_record_counts (
      user_id TEXT NOT NULL PRIMARY KEY,
      record_count INTEGER NOT NULL
    ) WITHOUT ROWID;
  `,
};
