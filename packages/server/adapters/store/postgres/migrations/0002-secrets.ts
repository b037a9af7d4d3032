import type { Migration } from './migration.ts';

export const secrets: Migration = {
  version: 2,
  sql: () => 'CREATE TABLE secrets (name text COLLATE "C" PRIMARY KEY, value bytea NOT NULL)',
};
