import type { UnreadRecord } from './types.ts';

// RCP-5: unread is derived. Others' entries that the device saw are known one by one; of those before them only the
// server's count is known. Nothing is ever counted up and down.

export const nothingUnread: UnreadRecord = { seqs: [], fromSeq: 1, before: 0 };

export const countUnread = (unread: UnreadRecord): number => unread.before + unread.seqs.length;

/** Others' entries were added at the end of the log. Beyond `max` the oldest are only counted. */
export function addNewer(unread: UnreadRecord, othersSeqs: readonly number[], max: number): UnreadRecord {
  if (othersSeqs.length === 0) return unread;
  const seqs = [...unread.seqs, ...othersSeqs];
  const surplus = Math.max(0, seqs.length - max);
  const kept = seqs.slice(surplus);
  const fromSeq = surplus > 0 ? (kept[0] ?? unread.fromSeq) : unread.fromSeq;
  return { seqs: kept, fromSeq, before: unread.before + surplus };
}

/** Older entries became known one by one: what the server counted shrinks to what lies before them. */
export function addOlder(
  unread: UnreadRecord,
  othersSeqs: readonly number[],
  fromSeq: number,
  readSeq: number,
): UnreadRecord {
  if (unread.before === 0 || fromSeq >= unread.fromSeq) return unread;
  const seen = othersSeqs.filter((seq) => seq > readSeq && seq < unread.fromSeq);
  const before = fromSeq <= readSeq + 1 ? 0 : Math.max(0, unread.before - seen.length);
  return { seqs: [...seen, ...unread.seqs], fromSeq, before };
}

/** The read position moved. What the server counted is gone, or bounded by how many entries can be left of it. */
export function moveRead(unread: UnreadRecord, readSeq: number): UnreadRecord {
  if (countUnread(unread) === 0) return unread;
  const before = Math.max(0, Math.min(unread.before, unread.fromSeq - 1 - readSeq));
  return { seqs: unread.seqs.filter((seq) => seq > readSeq), fromSeq: unread.fromSeq, before };
}

/** The device took a page as its log: what the page does not show of the server's count lies before it. */
export function fromPage(page: {
  othersSeqs: readonly number[];
  fromSeq: number;
  readSeq: number;
  statedCount: number;
}): UnreadRecord {
  const seqs = page.othersSeqs.filter((seq) => seq > page.readSeq);
  const before = page.fromSeq <= page.readSeq + 1 ? 0 : Math.max(0, page.statedCount - seqs.length);
  return { seqs, fromSeq: page.fromSeq, before };
}

/** A message that is not unread any more, or was and is erased. */
export const without = (unread: UnreadRecord, seq: number): UnreadRecord =>
  unread.seqs.includes(seq) ? { ...unread, seqs: unread.seqs.filter((known) => known !== seq) } : unread;

/** An edit of a message that is known one by one makes it count. */
export const including = (unread: UnreadRecord, seq: number): UnreadRecord =>
  seq < unread.fromSeq || unread.seqs.includes(seq)
    ? unread
    : { ...unread, seqs: [...unread.seqs, seq].sort((a, b) => a - b) };
