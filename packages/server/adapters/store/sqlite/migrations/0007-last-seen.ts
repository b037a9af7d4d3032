import type { Migration } from './migration.ts';

/** When accounts were connected last; written behind, so that it may lack what a crash took. */
export const lastSeen: Migration = {
  version: 7,
  sql: `
    CREATE TABLE last_seen (
      user_id TEXT NOT NULL PRIMARY KEY,
      seen_ms BIGINT NOT NULL
    ) WITHOUT ROWID;
  `,
};
