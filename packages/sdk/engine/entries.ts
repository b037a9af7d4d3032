import { copyBytes, type Entry } from '@hongyan/protocol';

/** A decoded body is a view onto the receive buffer; what is kept must not hold that buffer. */
export const keepEntry = (entry: Entry): Entry => ({ ...entry, body: copyBytes(entry.body) });

/** The longest run without a gap that ends with the last of `entries` (ascending). */
export function lastRun(entries: readonly Entry[]): Entry[] {
  let start = entries.length - 1;
  while (start > 0 && entries[start - 1]?.seq === (entries[start]?.seq ?? 0) - 1) start--;
  return entries.slice(Math.max(0, start));
}

/** Of `older` (ascending) what reaches up to `beforeSeq` without a gap. */
export function runBefore(older: readonly Entry[], beforeSeq: number): Entry[] {
  const run = lastRun(older.filter((entry) => entry.seq < beforeSeq));
  return run.at(-1)?.seq === beforeSeq - 1 ? run : [];
}
