import type { Migration } from './migration.ts';

export const secrets: Migration = {
  version: 3,
  sql: `
    CREATE TABLE secrets (
      name TEXT NOT NULL PRIMARY KEY,
      value BLOB NOT NULL
    ) WITHOUT ROWID;
  `,
};
