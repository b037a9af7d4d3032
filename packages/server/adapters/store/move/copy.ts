import { afterSending } from './after-sending.ts';
import type { BatchLimits, Key, SourceRow, SourceRows } from './source-rows.ts';
import type { MovedTable } from './table.ts';
import type { MoveTarget } from './target.ts';

const NUMBER_BYTES = 8;

interface Batch {
  rows: readonly SourceRow[];
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
    const { rows, lastKey } = batch;
    const written = target.copy(table, rows, lastKey);
    const [next] = await Promise.all([afterSending(() => readBatch(source, lastKey, limits)), written]);
    onRows(rows.length);
    batch = next;
  }
}

function readBatch(source: SourceRows, after: Key | undefined, limits: BatchLimits): Batch | undefined {
  const rows: SourceRow[] = [];
  let bytes = 0;
  const lastKey = source.read(after, limits, (row) => {
    rows.push(row);
    for (const value of row)
      bytes += typeof value === 'string' || value instanceof Uint8Array ? value.length : NUMBER_BYTES;
    return bytes;
  });
  return lastKey === undefined ? undefined : { rows, lastKey };
}
