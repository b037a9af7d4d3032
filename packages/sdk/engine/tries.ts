/**
 * How often something was tried in vain. Kept by what is tried (a message, an account record); the pauses between tries
 * are kept per subject in retries.ts. What never gives up has no use for this and only pauses.
 */
export interface Tries {
  readonly count: number;
  /** When the first one began; of no meaning while there was none. */
  readonly firstAtMs: number;
}

export interface TryBounds {
  countMax: number;
  /** From the beginning of the first try to the beginning of the last. */
  spanMs: number;
}

export const NO_TRIES: Tries = { count: 0, firstAtMs: 0 };

/** Another try begins. `liveMs` is a clock that runs only while there is a connection (LiveClock). */
export const tried = ({ count, firstAtMs }: Tries, liveMs: number): Tries => ({
  count: count + 1,
  firstAtMs: count === 0 ? liveMs : firstAtMs,
});

/** Whether one more try, beginning at `liveMs`, stays within the bounds. */
export const mayTryAgain = ({ count, firstAtMs }: Tries, { countMax, spanMs }: TryBounds, liveMs: number): boolean =>
  count < countMax && liveMs - firstAtMs <= spanMs;
