const MS_PER_SECOND = 1_000;
/** For how many an allocator keeps a place. */
const PLACES_MAX = 100_000;
/** Moments of those who were called are dropped together, once they are so many. */
const DROPPED_TOGETHER = 4_096;
/** Those who come within one millisecond keep their order by fractions of it. */
const FRACTION_MS = 0.001;

/**
 * Who waits, in the order in which they came. It does not remember who they are, only when they came and how many were called
 * since. So the moment since when somebody waits is their place in it, and about the same place in the line of every other
 * allocator, as all of them hear from about as many.
 */
export class WaitingLine {
  readonly #placesMax: number;
  /** Since when each of them waits, ascending; those called last may still be among them. */
  #since: number[] = [];
  /** How many came before the first of `#since`. */
  #dropped = 0;
  #called = 0;
  #perSecond = 0;
  #movedMs = 0;

  constructor(placesMax = PLACES_MAX) {
    this.#placesMax = placesMax;
  }

  /** How many wait and were not called; a fraction of one is called as time goes on. */
  get length(): number {
    return this.#dropped + this.#since.length - this.#called;
  }

  /** Calls those whose turn has come since the last time, and goes on at this rate; 0: the line stands still. */
  move(nowMs: number, perSecond: number): void {
    const elapsedMs = Math.max(0, nowMs - this.#movedMs);
    this.#called += Math.min(this.length, (elapsedMs * this.#perSecond) / MS_PER_SECOND);
    this.#perSecond = perSecond;
    this.#movedMs = nowMs;
    const called = Math.floor(this.#called) - this.#dropped;
    if (called < DROPPED_TOGETHER) return;
    this.#since = this.#since.slice(called);
    this.#dropped += called;
  }

  /** Since when somebody waits who comes now; undefined: there is no place left. */
  join(nowMs: number): number | undefined {
    if (this.length >= this.#placesMax) return undefined;
    const sinceMs = Math.max(nowMs, (this.#since.at(-1) ?? Number.NEGATIVE_INFINITY) + FRACTION_MS);
    this.#since.push(sinceMs);
    return sinceMs;
  }

  /** How many are called until somebody is who waits since then; 0: they were called already. */
  placeOf(sinceMs: number): number {
    let [low, high] = [0, this.#since.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#since[middle] ?? 0) <= sinceMs) low = middle + 1;
      else high = middle;
    }
    return Math.max(0, this.#dropped + low - this.#called);
  }

  /** How long until so many are called, at the present rate. */
  msUntil(place: number): number {
    return (place * MS_PER_SECOND) / this.#perSecond;
  }
}
