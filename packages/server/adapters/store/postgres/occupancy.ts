import { StoreOpenError } from '../open-error.ts';
import { Connection, type ConnectionOptions } from './wire/connection.ts';
import type { Statement } from './wire/statement.ts';

// Who is in a schema: any number of nodes, or one move into it, as advisory locks that end with their session, however it ends.

/** Any number will do, as long as all nodes of all versions take the same. */
const LOCK_KEY = 0x686f6e68;

/** There as long as a move into the schema has not come to its end. */
export const MOVE_TABLE = 'move_progress';

const lockOf = (schema: string): string => `${LOCK_KEY}, hashtext('${schema}')`;

/** A connection of a node. Rejects with StoreOpenError `unfinished-move` while the schema is being filled. */
export async function openShared(options: ConnectionOptions, statements: readonly Statement[]): Promise<Connection> {
  const connection = await Connection.open(options, []);
  try {
    await shareSchema(connection, options.schema);
    await connection.prepare(statements);
    return connection;
  } catch (error) {
    await connection.close().catch(() => {});
    throw error;
  }
}

async function shareSchema(connection: Connection, schema: string): Promise<void> {
  const [found] = await connection.execute(
    `SELECT pg_try_advisory_lock_shared(${lockOf(schema)}) AS free, to_regclass('${MOVE_TABLE}') AS unfinished`,
  );
  if (found?.free === true && found.unfinished === null) return;
  throw new StoreOpenError(
    'unfinished-move',
    'the database is being filled by "migrate", or that was interrupted: let it finish first, with the same command again',
  );
}

/**
 * Keeps nodes and other moves out for as long as the session lives. One that was killed may take a moment to end, and is
 * waited for. Rejects with StoreOpenError `database-in-use`.
 */
export async function occupySchema(connection: Connection, schema: string): Promise<void> {
  try {
    await connection.execute(`SELECT pg_advisory_lock(${lockOf(schema)})`);
  } catch (cause) {
    if (!isLockTimeout(cause)) throw cause;
    const message = 'a server or another migration is connected to the target database: stop it first';
    throw new StoreOpenError('database-in-use', message, { cause });
  }
}

const isLockTimeout = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === '55P03';
