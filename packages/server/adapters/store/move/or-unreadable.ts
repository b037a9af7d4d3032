import Sqlite from 'better-sqlite3';
import { MoveError } from './move-error.ts';

/** Passes the answer on; throws MoveError `unreadable-source` for what SQLite refuses. */
export function orUnreadable<T>(work: () => T): T {
  try {
    return work();
  } catch (cause) {
    if (!(cause instanceof Sqlite.SqliteError)) throw cause;
    throw new MoveError('unreadable-source', `SQLite cannot read the source: ${cause.message}`, { cause });
  }
}
