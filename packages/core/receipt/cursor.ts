/** How far one member is: a device holds all up to `deliveredSeq`, the person has opened all up to `readSeq`. */
export interface CursorPosition {
  deliveredSeq: number;
  readSeq: number;
}

/**
 * Moves `cursor` forward to what was stated, within a log that ends at `lastSeq` (RCP-3: merged by max; read implies
 * delivered; neither passes the end). Answers which of the two moved.
 */
export function advanceCursor(
  cursor: CursorPosition,
  stated: CursorPosition,
  lastSeq: number,
): { delivered: boolean; read: boolean } {
  const readSeq = Math.max(cursor.readSeq, Math.min(stated.readSeq, lastSeq));
  const deliveredSeq = Math.max(cursor.deliveredSeq, Math.min(stated.deliveredSeq, lastSeq), readSeq);
  const moved = { delivered: deliveredSeq > cursor.deliveredSeq, read: readSeq > cursor.readSeq };
  cursor.deliveredSeq = deliveredSeq;
  cursor.readSeq = readSeq;
  return moved;
}

/** Differs between two states of a conversation's cursors exactly when one of them moved. */
export function cursorSum(cursors: Iterable<CursorPosition>): number {
  let sum = 0;
  for (const cursor of cursors) sum += cursor.deliveredSeq + cursor.readSeq;
  return sum;
}
