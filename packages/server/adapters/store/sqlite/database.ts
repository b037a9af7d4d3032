import { closeSync, existsSync, openSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite, { type Database } from 'better-sqlite3';
import { StoreOpenError } from '../open-error.ts';

const PAGE_BYTES = 4096;
const WRITER_CACHE_KIB = 32_768;
const READER_CACHE_KIB = 16_384;
// 16 MiB: on the reference machine a checkpoint holds one commit up for some 25 ms, and appends are a quarter faster than with
// 4 MiB, whose checkpoints take 15 ms but copy busy pages more often.
const CHECKPOINT_PAGES = 4000;
const BUSY_TIMEOUT_MS = 5000;

/** Signing keys are in it, so it is made for its owner only; what SQLite puts beside it takes the same mode. */
const NEW_FILE_MODE = 0o600;

/** The one connection that writes. `databaseBytesMax` bounds the file; 0 leaves it to the disk. */
export function openForWriting(directory: string, databaseBytesMax: number): Database {
  const file = join(directory, 'hongyan.db');
  // Never one that is there: closing it would drop the locks that this process has on it.
  if (!existsSync(file)) closeSync(openSync(file, 'wx', NEW_FILE_MODE));
  const database = new Sqlite(file, { timeout: BUSY_TIMEOUT_MS });
  database.pragma(`page_size = ${PAGE_BYTES}`);
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
  database.pragma(`cache_size = -${WRITER_CACHE_KIB}`);
  // What was erased is overwritten, and not only free to be (P7).
  database.pragma('secure_delete = ON');
  if (databaseBytesMax > 0) database.pragma(`max_page_count = ${Math.ceil(databaseBytesMax / PAGE_BYTES)}`);
  return database;
}

export function openForReading(directory: string): Database {
  const database = new Sqlite(join(directory, 'hongyan.db'), {
    readonly: true,
    fileMustExist: true,
    timeout: BUSY_TIMEOUT_MS,
  });
  database.pragma(`cache_size = -${READER_CACHE_KIB}`);
  return database;
}

/**
 * Holds the directory for this process until the returned connection is closed or the process is gone, however it ends.
 * Throws StoreOpenError `directory-in-use`.
 */
export function lockDirectory(directory: string): Database {
  const lock = new Sqlite(join(directory, 'hongyan.lock.db'), { timeout: 0 });
  try {
    lock.exec('BEGIN EXCLUSIVE');
    return lock;
  } catch (error) {
    lock.close();
    if (!(error instanceof Sqlite.SqliteError) || error.code !== 'SQLITE_BUSY') throw error;
    throw new StoreOpenError('directory-in-use', `another process has the data directory ${directory} open`, {
      cause: error,
    });
  }
}
