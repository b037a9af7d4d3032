import type { Database, Statement } from 'better-sqlite3';
import { orUnreadable } from './or-unreadable.ts';
import type { MovedTable } from './table.ts';

/** The key of a row; undefined stands for the place before the first one. */
export type Key = readonly (string | number)[];

/** null stands for bytes that are missing. */
export type SourceRow = readonly (string | number | Uint8Array | null)[];

export interface BatchLimits {
  rowsMax: number;
  /** Of what the rows come to; a single row may have more. */
  bytesMax: number;
}

/** In the order of the key, a given number of rows from the first one on, or after a given key. */
export function selectRows({ key, others, source }: MovedTable, from: 'first' | 'after-key'): string {
  const { table, expressions = {}, isGrouped = false } = source;
  const keyNames = Object.keys(key);
  const columns = [...keyNames, ...Object.keys(others)].map((name) => expressions[name] ?? name);
  const where = from === 'first' ? '' : `WHERE (${keyNames}) > (${keyNames.map(() => '?')})`;
  return `SELECT ${columns} FROM ${table} ${where} ${isGrouped ? `GROUP BY ${keyNames}` : ''} ORDER BY ${keyNames} LIMIT ?`;
}

/** A table's rows as PostgreSQL will have them, in the order of their key, from any place on. */
export class SourceRows {
  readonly #keyLength: number;
  readonly #fromFirst: Statement<unknown[], SourceRow>;
  readonly #afterKey: Statement<unknown[], SourceRow>;

  constructor(database: Database, table: MovedTable) {
    this.#keyLength = Object.keys(table.key).length;
    this.#fromFirst = database.prepare<unknown[], SourceRow>(selectRows(table, 'first')).raw();
    this.#afterKey = database.prepare<unknown[], SourceRow>(selectRows(table, 'after-key')).raw();
  }

  /**
   * Gives `take` the rows after a key until the batch is full; `take` answers how many bytes there are by then. The answer is
   * the key of the last one, undefined when there was none.
   */
  read(after: Key | undefined, { rowsMax, bytesMax }: BatchLimits, take: (row: SourceRow) => number): Key | undefined {
    const rows = () =>
      after === undefined ? this.#fromFirst.iterate(rowsMax) : this.#afterKey.iterate(...after, rowsMax);
    let last: SourceRow | undefined;
    orUnreadable(() => {
      for (const row of rows()) {
        last = row;
        if (take(row) >= bytesMax) break;
      }
    });
    return last?.slice(0, this.#keyLength) as Key | undefined;
  }
}
