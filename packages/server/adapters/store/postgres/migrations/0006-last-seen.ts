import type { Migration } from './migration.ts';

/** When accounts were connected last; written behind, so that it may lack what a crash took. Rows change in place. */
export const lastSeen: Migration = {
  version: 6,
  sql: () => `CREATE TABLE last_seen (user_id text COLLATE "C" PRIMARY KEY, seen_ms bigint NOT NULL)
    WITH (fillfactor = 70)`,
};
