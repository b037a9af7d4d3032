const MS_PER_SECOND = 1_000;
/** Nobody is sent away for longer. */
export const RETURN_AFTER_MAX_MS = 60_000;
/** Neighbours do not come back in the order in which they were turned away. */
const JITTER_MS = 200;

/**
 * Tells those who are turned away when to come back: one after another, at the rate the node can take (LOD-3). Those for
 * whom there is no place within the longest time share the second half of it, and are told again.
 */
export class ReturnTimes {
  readonly #intervalMs: number;
  #nextMs = 0;

  constructor(perSecond: number) {
    this.#intervalMs = MS_PER_SECOND / perSecond;
  }

  /** Whole milliseconds from now, at least 1. `random` is in [0, 1). */
  next(nowMs: number, random: number): number {
    const placeMs = Math.max(this.#nextMs, nowMs);
    if (placeMs - nowMs + JITTER_MS > RETURN_AFTER_MAX_MS) {
      return Math.ceil((RETURN_AFTER_MAX_MS * (1 + random)) / 2);
    }
    this.#nextMs = placeMs + this.#intervalMs;
    return Math.max(1, Math.ceil(placeMs - nowMs + random * JITTER_MS));
  }
}
