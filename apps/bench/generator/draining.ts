import { setTimeout as wait } from 'node:timers/promises';
import type { Member } from '../measure/judge.ts';

/** What is not there by then counts as lost. */
const DRAIN_DEADLINE_MS = 15_000;
const POLL_MS = 20;
/** A gap that is open for this long is not going to close by itself. */
const GAP_PATIENCE_MS = 1_000;

/** One of the two who write to each other. */
export interface Conversant extends Member {
  readonly unanswered: number;
  stop(): void;
  /** Asks for what lies between two entries it holds (SYN-3). */
  fetchGap(): void;
}

type Pair = readonly [Conversant, Conversant];

const complete = ([a, b]: Pair): boolean =>
  a.unanswered === 0 && b.unanswered === 0 && !a.log.hasGap && !b.log.hasGap && a.log.lastSeq === b.log.lastSeq;

/** Stops the sending and waits for what is on its way; gaps that were seen are fetched. Answers how many there were. */
export async function drain(pairs: readonly Pair[]): Promise<number> {
  for (const pair of pairs) for (const talker of pair) talker.stop();
  const fetched = new Set<Conversant>();
  for (let waitedMs = 0; waitedMs < DRAIN_DEADLINE_MS && !pairs.every(complete); waitedMs += POLL_MS) {
    if (waitedMs > 0 && waitedMs % GAP_PATIENCE_MS === 0) {
      for (const talker of pairs.flat().filter(({ log }) => log.hasGap)) {
        fetched.add(talker);
        talker.fetchGap();
      }
    }
    await wait(POLL_MS);
  }
  return fetched.size;
}
