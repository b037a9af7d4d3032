import { type ReceiptCount, ReceiptStage, type UserId } from '@hongyan/protocol';
import type { Conversation } from '../log/conversation.ts';
import type { MemberHead } from '../ports/store.ts';
import type { CursorPosition } from './cursor.ts';

/** How far somebody is with the entry at `seq`. */
export function stageAt({ deliveredSeq, readSeq }: CursorPosition, seq: number): ReceiptStage {
  if (readSeq >= seq) return ReceiptStage.READ;
  return deliveredSeq >= seq ? ReceiptStage.DELIVERED : ReceiptStage.MISSING;
}

/** A message whose receivers are asked for. */
export interface Sent {
  seq: number;
  senderId: UserId;
}

/**
 * How many of those who may read each of these messages have it (D1), in their order. All are counted in one look at the members,
 * of whom a group may have 100,000.
 */
export function countReceivers({ memberships }: Conversation, messages: readonly Sent[]): ReceiptCount[] {
  const seqs = [...new Set(messages.map(({ seq }) => seq))].sort((a, b) => a - b);
  const [readable, held, read] = [new Runs(seqs.length), new Runs(seqs.length), new Runs(seqs.length)];
  for (const { fromSeq, deliveredSeq, readSeq } of memberships.values()) {
    const first = placeOf(seqs, fromSeq);
    readable.add(first, seqs.length);
    read.add(first, placeOf(seqs, readSeq + 1));
    held.add(first, placeOf(seqs, Math.max(deliveredSeq, readSeq) + 1));
  }
  const [readableCounts, heldCounts, readCounts] = [readable.counts(), held.counts(), read.counts()];
  return messages.map(({ seq, senderId }) => {
    const at = placeOf(seqs, seq);
    const [may = 0, have = 0, opened = 0] = [readableCounts[at], heldCounts[at], readCounts[at]];
    return withoutSender(
      { seq, read: opened, delivered: have - opened, missing: may - have },
      memberships.get(senderId),
    );
  });
}

/** Counts, for each place, the runs over it. */
class Runs {
  readonly #changes: number[];

  constructor(placeCount: number) {
    this.#changes = new Array<number>(placeCount + 1).fill(0);
  }

  /** From `first` to before `end`; an empty one counts nowhere. */
  add(first: number, end: number): void {
    if (end <= first) return;
    this.#changes[first] = (this.#changes[first] ?? 0) + 1;
    this.#changes[end] = (this.#changes[end] ?? 0) - 1;
  }

  counts(): number[] {
    let count = 0;
    return this.#changes.map((change) => {
      count += change;
      return count;
    });
  }
}

/** Where the first of them is that is at least `seq`; their number when none is. */
function placeOf(ascending: readonly number[], seq: number): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] ?? 0) < seq) low = middle + 1;
    else high = middle;
  }
  return low;
}

function withoutSender(count: ReceiptCount, sender: MemberHead | undefined): ReceiptCount {
  if (sender === undefined || sender.fromSeq > count.seq) return count;
  const stage = stageAt(sender, count.seq);
  return {
    ...count,
    read: count.read - Number(stage === ReceiptStage.READ),
    delivered: count.delivered - Number(stage === ReceiptStage.DELIVERED),
    missing: count.missing - Number(stage === ReceiptStage.MISSING),
  };
}

/** Who of them is at a stage, ascending by id after `afterId`: `limit` of them, and one more if there is one. */
export function receiversAt(
  { memberships }: Conversation,
  { seq, senderId, stage, afterId, limit }: Sent & { stage: ReceiptStage; afterId: UserId; limit: number },
): UserId[] {
  // Sorting all of a large group for one page would hold everybody up.
  const found: UserId[] = [];
  for (const [userId, member] of memberships) {
    const last = found[limit];
    if (userId <= afterId || (last !== undefined && userId > last)) continue;
    if (userId === senderId || member.fromSeq > seq || stageAt(member, seq) !== stage) continue;
    found.splice(found.findLastIndex((before) => before < userId) + 1, 0, userId);
    if (found.length > limit + 1) found.pop();
  }
  return found;
}
