import { MOVE_TABLE, occupySchema } from '../postgres/occupancy.ts';
import { openSchema, type SchemaOptions } from '../postgres/schema.ts';
import { integer, text } from '../postgres/wire/columns.ts';
import { Connection } from '../postgres/wire/connection.ts';
import { describe, failureOf } from '../postgres/wire/failure.ts';
import { call } from '../postgres/wire/statement.ts';
import { MoveError } from './move-error.ts';
import { beginProgress, saveProgress, type TableProgress } from './progress-table.ts';
import type { Key, SourceRow } from './source-rows.ts';
import type { MovedTable } from './table.ts';
import { movedTables } from './tables.ts';
import { digestsBetween, insertCall, statementsOf } from './target-statements.ts';

/** The rows of one owner in a range, and their digest as `digestSql` has it. */
export interface OwnerDigest {
  owner: string;
  rowCount: number;
  bits: string;
}

/** Disks under a bulk load may be slow; a batch that takes longer than this is given up. */
const STATEMENT_DEADLINE = '60s';
const ROUND_TRIP_DEADLINE_MS = 75_000;

/** What messages are found by is made anew by whoever works on the installation then. */
const ALL_UNINDEXED = `INSERT INTO search_progress (conversation_id, after_seq, through_seq)
  SELECT conversation_id, last_seq, last_seq FROM conversations`;

/** A schema of PostgreSQL while it is filled. No node uses it meanwhile, nor before the move has come to its end. */
export class MoveTarget {
  readonly #connection: Connection;

  private constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Rejects with StoreOpenError when a node or another move is there, or the server is none to rely on. */
  static async open(options: SchemaOptions): Promise<MoveTarget> {
    const { url, schema } = options;
    const connection = await openSchema(options, async () => {
      const opened = await Connection.open({ url, schema, roundTripDeadlineMs: ROUND_TRIP_DEADLINE_MS }, []);
      await occupySchema(opened, schema).catch(async (error) => {
        await opened.close().catch(() => {});
        throw error;
      });
      return opened;
    });
    return new MoveTarget(connection);
  }

  /** Begins the move, or finds out how far the same one came. Rejects with MoveError when something else is there. */
  begin(fingerprint: string): Promise<Map<string, TableProgress>> {
    return this.#orMoveError('the schema', async () => {
      const connection = this.#connection;
      // A range is too small for workers of its own: starting them takes four times as long as the work.
      await connection.execute(
        `SET statement_timeout = '${STATEMENT_DEADLINE}'; SET max_parallel_workers_per_gather = 0`,
      );
      const progress = await beginProgress(connection, fingerprint);
      await connection.prepare([saveProgress, ...movedTables.flatMap(statementsOf)]);
      return progress;
    });
  }

  /** Adds the rows and notes that everything up to `lastKey` is there, in one transaction. */
  copy(table: MovedTable, rows: readonly SourceRow[], lastKey: Key): Promise<void> {
    return this.#orMoveError(table.name, async () => {
      await this.#connection.run([
        insertCall(table, rows),
        call(saveProgress, table.name, String(rows.length), JSON.stringify(lastKey)),
      ]);
    });
  }

  /** What there is after one key and up to another; a bound that is undefined is none. */
  digests(table: MovedTable, after: Key | undefined, through: Key | undefined): Promise<OwnerDigest[]> {
    return this.#orMoveError(table.name, async () => {
      const bounds = [...(after ?? []), ...(through ?? [])].map(String);
      const range = { isAfter: after !== undefined, isThrough: through !== undefined };
      const [rows = []] = await this.#connection.run([call(digestsBetween(table, range), ...bounds)]);
      return rows.map((row) => ({ owner: text(row, 0), rowCount: integer(row, 1), bits: text(row, 2) }));
    });
  }

  /** From now on it is an installation as any other. */
  finish(): Promise<void> {
    return this.#orMoveError('the schema', async () => {
      await this.#connection.execute(`${ALL_UNINDEXED}; DROP TABLE ${MOVE_TABLE}`);
    });
  }

  close(): Promise<void> {
    return this.#connection.close();
  }

  async #orMoveError<Answer>(of: string, work: () => Promise<Answer>): Promise<Answer> {
    try {
      return await work();
    } catch (error) {
      throw error instanceof MoveError ? error : moveErrorOf(of, error, this.#connection.lost);
    }
  }
}

function moveErrorOf(of: string, cause: unknown, isLost: boolean): MoveError {
  const why = describe(cause);
  switch (isLost ? 'disconnected' : failureOf(cause)) {
    case 'unstorable':
      return new MoveError('unstorable', `PostgreSQL cannot keep a row of ${of}: ${why}`, { cause });
    case 'conflict':
      return new MoveError('target-not-empty', `somebody else writes to ${of} of the target: ${why}`, { cause });
    case 'busy':
    case 'disconnected': {
      const message = `PostgreSQL could not go on with ${of} (${why}): start the same command again`;
      return new MoveError('interrupted', message, { cause });
    }
  }
}
