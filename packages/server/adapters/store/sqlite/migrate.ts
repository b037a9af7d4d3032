import type { Database } from 'better-sqlite3';
import { StoreOpenError } from '../open-error.ts';
import type { Migration } from './migrations/index.ts';

/**
 * Brings the schema to the newest version, each step in a transaction of its own together with its number.
 * Throws StoreOpenError `schema-from-the-future` on a database that a newer program wrote.
 */
export function migrate(database: Database, migrations: readonly Migration[]): void {
  const newest = migrations.at(-1)?.version ?? 0;
  const current = Number(database.pragma('user_version', { simple: true }));
  if (current > newest) {
    throw new StoreOpenError(
      'schema-from-the-future',
      `the database has schema version ${current}, this program knows up to ${newest}: start a newer program`,
    );
  }
  for (const { version, sql } of migrations) {
    if (version <= current) continue;
    database
      .transaction(() => {
        database.exec(sql);
        database.pragma(`user_version = ${version}`);
      })
      .immediate();
  }
}
