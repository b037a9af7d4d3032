import type { Entry } from '@hongyan/protocol';

/** An entry slips past at most as many places of the log: a place in the past that nobody looks at any more is no place. */
export const REORDER_SPAN = 200;

type Placed = Pick<Entry, 'seq' | 'senderId' | 'clientTimeMs'>;

/**
 * D4: the order in which entries are shown. One sender's entries follow each other as that sender wrote them, different
 * senders' as the log has them; so a message that came late (a retry, another device of its sender) slips into its place.
 *
 * Each entry has an anchor: the first entry of its own sender, at most `REORDER_SPAN` places before it, that was written
 * after it; or itself. It is shown at the place that its anchor has in the log, before it, behind what was written earlier
 * and has the same anchor. So it moves only where its sender's order needs it, and over the span at most; and that depends on the places of the span alone: neither what comes later
 * nor what is further back changes how two entries stand to each other. Hence the same set is shown alike on every device,
 * in whatever order it arrived.
 *
 * `entries` ascend by seq, without a gap; that array comes back when nothing moves.
 */
export function displayOrder<T extends Placed>(entries: readonly T[]): readonly T[] {
  return displayFrom(entries, 0);
}

/**
 * The part of that order which begins at a place of the log: the entries whose anchors are at `fromSeq` or behind it. It is
 * the same whatever else `entries` hold, as long as they begin `REORDER_SPAN` places before `fromSeq`, or with the log.
 */
export function displayFrom<T extends Placed>(entries: readonly T[], fromSeq: number): readonly T[] {
  const anchors = anchorSeqs(entries);
  const anchorOf = ({ seq }: T) => anchors.get(seq) ?? seq;
  const shown = (entries[0]?.seq ?? 0) >= fromSeq ? entries : entries.filter((entry) => anchorOf(entry) >= fromSeq);
  if (shown.every(({ seq }) => anchors.get(seq) === undefined)) return shown;
  return [...shown].sort((a, b) => anchorOf(a) - anchorOf(b) || a.clientTimeMs - b.clientTimeMs || a.seq - b.seq);
}

/** The anchors of those entries that are not their own. */
function anchorSeqs(entries: readonly Placed[]): Map<number, number> {
  const anchors = new Map<number, number>();
  const writtenBy = new Map<string, { latestMs: number; all: Placed[] }>();
  for (const entry of entries) {
    const { seq, senderId, clientTimeMs } = entry;
    const sender = writtenBy.get(senderId) ?? { latestMs: 0, all: [] };
    if (clientTimeMs < sender.latestMs) {
      const later = (other: Placed) => other.seq >= seq - REORDER_SPAN && other.clientTimeMs > clientTimeMs;
      const anchor = sender.all.find(later);
      if (anchor) anchors.set(seq, anchor.seq);
    }
    sender.latestMs = Math.max(sender.latestMs, clientTimeMs);
    sender.all.push(entry);
    writtenBy.set(senderId, sender);
  }
  return anchors;
}
