const MS_PER_SECOND = 1_000;
/** Nobody is sent away for longer. */
export const RETURN_AFTER_MAX_MS = 60_000;
/** Neighbours do not come back in the order in which they were turned away. */
const JITTER_MS = 200;
/** What is full stays so until somebody leaves, so it is asked again at leisure. */
const FULL_RETURN_AFTER_MIN_MS = 10_000;
const FULL_RETURN_AFTER_SPAN_MS = 20_000;

/**
 * When to come back for somebody whose place is `placeAfterMs` from now: then, or, when that is beyond the longest time,
 * somewhere in the second half of it, to be told again. Whole milliseconds from now, at least 1; `random` is in [0, 1).
 */
export function returnAfterMs(placeAfterMs: number, random: number): number {
  if (isBeyond(placeAfterMs)) return Math.ceil((RETURN_AFTER_MAX_MS * (1 + random)) / 2);
  return Math.max(1, Math.ceil(placeAfterMs + random * JITTER_MS));
}

/** When to come back to what is full. Whole milliseconds from now; `random` is in [0, 1). */
export const returnToFullAfterMs = (random: number): number =>
  FULL_RETURN_AFTER_MIN_MS + Math.floor(random * FULL_RETURN_AFTER_SPAN_MS);

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
    if (!isBeyond(placeMs - nowMs)) this.#nextMs = placeMs + this.#intervalMs;
    return returnAfterMs(placeMs - nowMs, random);
  }
}

const isBeyond = (placeAfterMs: number): boolean => placeAfterMs + JITTER_MS > RETURN_AFTER_MAX_MS;
