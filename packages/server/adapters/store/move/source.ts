import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from 'better-sqlite3';
import { lockDirectory, openForWriting } from '../sqlite/database.ts';
import { migrate } from '../sqlite/migrate.ts';
import { migrations } from '../sqlite/migrations/index.ts';
import { decodeUserEvent } from '../user-event-bytes.ts';
import { MoveError } from './move-error.ts';
import { orUnreadable } from './or-unreadable.ts';
import { SourceRows } from './source-rows.ts';
import type { MovedTable } from './table.ts';

/** An installation in SQLite, which nobody else uses as long as it is open here. */
export class MoveSource {
  readonly #lock: Database;
  readonly #database: Database;

  /** Rejects with MoveError `no-source`, with StoreOpenError when it is in use or a newer program's. */
  constructor(directory: string) {
    if (!existsSync(join(directory, 'hongyan.db'))) {
      throw new MoveError('no-source', `${directory} has no hongyan.db in it`);
    }
    this.#lock = orUnreadable(() => lockDirectory(directory));
    try {
      this.#database = orUnreadable(() => openDatabase(directory));
    } catch (error) {
      this.#lock.close();
      throw error;
    }
  }

  rows(table: MovedTable): SourceRows {
    return new SourceRows(this.#database, table);
  }

  /** How many rows the table will have. */
  totalOf({ source }: MovedTable): number {
    const count = source.total ?? `SELECT count(*) FROM ${source.table}`;
    return orUnreadable(() => Number(this.#database.prepare(count).pluck().get()));
  }

  /**
   * Stays the same as long as nobody uses the installation, and is no other installation's: its secrets, how much of
   * everything there is, and the tokens that its devices have.
   */
  fingerprint(totals: readonly number[]): string {
    const hash = createHash('sha256').update(totals.join(' '));
    const rows = 'SELECT name, value FROM secrets UNION ALL SELECT device_id, refresh_hash FROM devices ORDER BY 1';
    return orUnreadable(() => {
      for (const [name, value] of this.#database.prepare<[], [string, string | Buffer]>(rows).raw().iterate()) {
        hash.update(`\n${name} `).update(value);
      }
      return hash.digest('hex');
    });
  }

  close(): void {
    this.#database.close();
    this.#lock.close();
  }
}

function openDatabase(directory: string): Database {
  const database = openForWriting(directory, 0);
  migrate(database, migrations);
  database.pragma('query_only = true');
  database.function('record_key_of', { deterministic: true }, (event) => recordKeyOf(event as Uint8Array));
  return database;
}

/** The record that a stored event tells of, empty for all others. */
function recordKeyOf(bytes: Uint8Array): string {
  const { event } = decodeUserEvent(bytes);
  return event?.case === 'recordChanged' ? event.value.key : '';
}
