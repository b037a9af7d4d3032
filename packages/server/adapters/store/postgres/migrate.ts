import { StoreOpenError } from '../open-error.ts';
import type { Migration } from './migrations/index.ts';
import type { Connection } from './wire/connection.ts';

/** Any number will do, as long as all nodes of all versions take the same. */
const LOCK_KEY = 0x686f6e67;
/** Longer than a session usually waits for a lock: another node may be in the middle of it. */
const LOCK_WAIT = '60s';

/**
 * Brings the schema to the newest version, all steps in one transaction, while other nodes that start wait. `partitionCount`
 * holds for a schema that is made now; an older one keeps the number it was made with.
 * Throws StoreOpenError `schema-from-the-future` on a database that a newer program wrote.
 */
export async function migrate(
  connection: Connection,
  schema: string,
  migrations: readonly Migration[],
  partitionCount: number,
): Promise<void> {
  await connection.transaction(async () => {
    await connection.execute(
      `SET LOCAL lock_timeout = '${LOCK_WAIT}'; SET LOCAL statement_timeout = '${LOCK_WAIT}';
       SELECT pg_advisory_xact_lock(${LOCK_KEY})`,
    );
    await connection.execute(`CREATE SCHEMA IF NOT EXISTS "${schema}";
      CREATE TABLE IF NOT EXISTS schema_version (version int NOT NULL, partition_count int NOT NULL)`);
    const [known] = await connection.execute('SELECT version, partition_count FROM schema_version');
    const current = Number(known?.version ?? 0);
    const partitions = Number(known?.partition_count ?? partitionCount);
    const newest = migrations.at(-1)?.version ?? 0;
    if (current > newest) {
      throw new StoreOpenError(
        'schema-from-the-future',
        `the database has schema version ${current}, this program knows up to ${newest}: start a newer program`,
      );
    }
    for (const { version, sql } of migrations) {
      if (version > current) await connection.execute(sql(partitions));
    }
    await connection.execute(
      `DELETE FROM schema_version; INSERT INTO schema_version VALUES (${newest}, ${partitions})`,
    );
  });
}
