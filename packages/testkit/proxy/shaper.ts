import type { SeededRandom } from '../random/seeded-random.ts';
import type { DirectionConditions } from './conditions.ts';

/** What one segment carries: Ethernet's 1500 bytes without the headers. */
export const SEGMENT_BYTES = 1448;

const RTO_MIN_MS = 200;
/** Linux's TCP_RTO_MAX. */
const RTO_MAX_MS = 120_000;
/** How often in a row one segment is lost at most: the sixth retransmission comes 12.6 s after the first try. */
const LOSSES_MAX = 6;
const MS_PER_SECOND = 1000;
const BITS_PER_BYTE = 8;

/** Decides when segments of one direction arrive: one after the other, over a line of a width and a length. */
export class Shaper {
  readonly #random: SeededRandom;
  #freeAtMs = 0;
  #lastArrivalMs = 0;

  constructor(random: SeededRandom) {
    this.#random = random;
  }

  /** When a segment handed over at `nowMs` arrives; never before the one handed over before it. */
  arrivalMs(bytes: number, nowMs: number, conditions: DirectionConditions): number {
    const { delayMs, jitterMs, bitsPerSecond, lossChance } = conditions;
    this.#freeAtMs = Math.max(nowMs, this.#freeAtMs) + (bytes * BITS_PER_BYTE * MS_PER_SECOND) / bitsPerSecond;
    let arrivalMs = this.#freeAtMs + delayMs + jitterMs * this.#random.fraction();
    for (let losses = 0; losses < LOSSES_MAX && this.#random.fraction() < lossChance; losses++) {
      arrivalMs += RTO_MIN_MS * 2 ** losses;
    }
    this.#lastArrivalMs = Math.max(this.#lastArrivalMs, arrivalMs);
    return this.#lastArrivalMs;
  }
}

/**
 * When TCP sends again for the first time at or after `nowMs` what it sent in vain at `firstMs`: its pauses double, so a
 * path that was away for long is noticed late.
 */
export function retransmissionMs(firstMs: number, nowMs: number, rtoMs = RTO_MIN_MS): number {
  let atMs = firstMs;
  for (let pauseMs = rtoMs; atMs < nowMs; pauseMs = Math.min(RTO_MAX_MS, pauseMs * 2)) atMs += pauseMs;
  return atMs;
}
