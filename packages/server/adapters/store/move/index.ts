import { copyTable } from './copy.ts';
import { MoveSource } from './source.ts';
import type { BatchLimits } from './source-rows.ts';
import { movedTables } from './tables.ts';
import { MoveTarget } from './target.ts';
import { type Difference, verifyTable } from './verify.ts';

export { StoreOpenError } from '../open-error.ts';
export { MoveError } from './move-error.ts';
export type { Difference } from './verify.ts';

export interface MoveOptions {
  /** The data directory of the installation in SQLite. */
  directory: string;
  /** `postgres://user:password@host:port/database`. */
  url: string;
  /** As those of the store. */
  schema?: string;
  partitionCount?: number;
  /** What is read, written and committed at once (default 2,000 rows, 4 MB). */
  batch?: BatchLimits;
  /** Told after every batch. */
  onProgress?: (progress: MoveProgress) => void;
}

export interface MoveProgress {
  phase: 'copying' | 'verifying';
  /** The one that the batch was of. */
  table: string;
  /** Of all tables; what an earlier, interrupted run has copied is counted. */
  rowsDone: number;
  rowsTotal: number;
}

export interface MoveResult {
  rowCount: number;
  /** The first 100 of them; none means that both sides hold the same. */
  differences: readonly Difference[];
  differenceCount: number;
}

const BATCH: BatchLimits = { rowsMax: 2_000, bytesMax: 4 * 1024 * 1024 };
const DIFFERENCES_MAX = 100;

/**
 * Moves a whole installation from SQLite to PostgreSQL and compares both sides afterwards. The source stays as it is. What was
 * interrupted, however, goes on where it was when it is started again; only when both sides are the same is the target an
 * installation that can be served. Rejects with MoveError or StoreOpenError.
 */
export async function move(options: MoveOptions): Promise<MoveResult> {
  const { directory, url, schema = 'hongyan', partitionCount = 16, batch: limits = BATCH } = options;
  const { onProgress = () => {} } = options;
  await using parts = new AsyncDisposableStack();
  const source = parts.adopt(new MoveSource(directory), (opened) => opened.close());
  const target = parts.adopt(await MoveTarget.open({ url, schema, partitionCount }), (opened) => opened.close());
  const totals = movedTables.map((table) => source.totalOf(table));
  const rowsTotal = totals.reduce((sum, total) => sum + total, 0);
  const progress = await target.begin(source.fingerprint(totals));

  const counter = (phase: MoveProgress['phase'], rowsBefore: number) => {
    let rowsDone = rowsBefore;
    return (table: string, rowCount: number) => {
      rowsDone += rowCount;
      onProgress({ phase, table, rowsDone, rowsTotal });
    };
  };
  const copied = counter(
    'copying',
    [...progress.values()].reduce((sum, { rowCount }) => sum + rowCount, 0),
  );
  for (const table of movedTables) {
    const parties = { source: source.rows(table), target, limits };
    await copyTable(table, parties, progress.get(table.name)?.lastKey, (rowCount) => copied(table.name, rowCount));
  }

  const verified = counter('verifying', 0);
  const differences: Difference[] = [];
  let differenceCount = 0;
  for (const table of movedTables) {
    const parties = { source: source.rows(table), target, limits };
    await verifyTable(table, parties, {
      onRows: (rowCount) => verified(table.name, rowCount),
      onDifference(difference) {
        differenceCount += 1;
        if (differences.length < DIFFERENCES_MAX) differences.push(difference);
      },
    });
  }
  if (differenceCount === 0) await target.finish();
  return { rowCount: rowsTotal, differences, differenceCount };
}
