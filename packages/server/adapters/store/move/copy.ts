import { CopyRows } from '../postgres/wire/copy-rows.ts';
import { afterSending } from './after-sending.ts';
import type { BatchLimits, Key, SourceRows } from './source-rows.ts';
import type { MovedTable } from './table.ts';
import type { MoveTarget } from './target.ts';

interface Batch {
  rows: CopyRows;
  rowCount: number;
  lastKey: Key;
}

/** Moves what a table has after `lastKey`. While a batch is written the next one is read; `onRows` is told of each. */
export async function copyTable(
  table: MovedTable,
  { source, target, limits }: { source: SourceRows; target: MoveTarget; limits: BatchLimits },
  from: Key | undefined,
  onRows: (rowCount: number) => void,
): Promise<void> {
  let batch = readBatch(source, from, limits);
  while (batch !== undefined) {
    const { rows, rowCount, lastKey } = batch;
    const written = target.copy(table, rows, rowCount, lastKey);
    const [next] = await Promise.all([afterSending(() => readBatch(source, lastKey, limits)), written]);
    onRows(rowCount);
    batch = next;
  }
}

function readBatch(source: SourceRows, after: Key | undefined, limits: BatchLimits): Batch | undefined {
  const rows = new CopyRows();
  let rowCount = 0;
  const lastKey = source.read(after, limits, (row) => {
    rows.add(row);
    rowCount += 1;
    return rows.byteCount;
  });
  return lastKey === undefined ? undefined : { rows, rowCount, lastKey };
}
