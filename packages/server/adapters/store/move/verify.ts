import { afterSending } from './after-sending.ts';
import { Tally } from './digest.ts';
import type { BatchLimits, Key, SourceRows } from './source-rows.ts';
import type { MovedTable } from './table.ts';
import type { MoveTarget, OwnerDigest } from './target.ts';

/** What of a table one conversation, account, device or secret has more, less or other on one side. */
export interface Difference {
  table: MovedTable;
  ownerId: string;
  sourceRowCount: number;
  targetRowCount: number;
}

interface Range {
  after: Key | undefined;
  /** Undefined behind the last row. */
  through: Key | undefined;
  rowCount: number;
  owners: Map<string, Tally>;
}

/**
 * Compares a table by what each owner has in it. It goes from range to range of rows, so that what is held and what
 * PostgreSQL is asked at once is bounded; while it works one out, the next one is read.
 */
export async function verifyTable(
  table: MovedTable,
  { source, target, limits }: { source: SourceRows; target: MoveTarget; limits: BatchLimits },
  told: { onRows: (rowCount: number) => void; onDifference: (difference: Difference) => void },
): Promise<void> {
  const unfinished = new Map<string, { ours: Tally; theirs: Tally }>();
  let range: Range | undefined = readRange(source, undefined, limits);
  while (range !== undefined) {
    const { after, through }: Range = range;
    const [digests, next]: [OwnerDigest[], Range | undefined] = await Promise.all([
      target.digests(table, after, through),
      through === undefined ? undefined : afterSending(() => readRange(source, through, limits)),
    ]);
    merge(unfinished, range.owners, digests);
    // The last owner of a range may go on in the next one.
    const goesOn = through?.[0];
    for (const [ownerId, { ours, theirs }] of unfinished) {
      if (ownerId === goesOn) continue;
      unfinished.delete(ownerId);
      if (ours.equals(theirs)) continue;
      told.onDifference({ table, ownerId, sourceRowCount: ours.rowCount, targetRowCount: theirs.rowCount });
    }
    told.onRows(range.rowCount);
    range = next;
  }
}

function merge(
  unfinished: Map<string, { ours: Tally; theirs: Tally }>,
  owners: Map<string, Tally>,
  digests: readonly OwnerDigest[],
): void {
  const of = (ownerId: string) => {
    const known = unfinished.get(ownerId) ?? { ours: new Tally(), theirs: new Tally() };
    unfinished.set(ownerId, known);
    return known;
  };
  for (const [ownerId, tally] of owners) of(ownerId).ours.add(tally);
  for (const { owner, rowCount, bits } of digests) of(owner).theirs.addBits(rowCount, bits);
}

function readRange(source: SourceRows, after: Key | undefined, limits: BatchLimits): Range {
  const owners = new Map<string, Tally>();
  let rowCount = 0;
  let bytes = 0;
  const through = source.read(after, limits, (row) => {
    const ownerId = String(row[0]);
    const tally = owners.get(ownerId) ?? new Tally();
    owners.set(ownerId, tally);
    bytes += tally.addRow(row);
    rowCount += 1;
    return bytes;
  });
  return { after, through, rowCount, owners };
}
