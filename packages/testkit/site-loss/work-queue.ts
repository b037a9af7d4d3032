const MS_PER_SECOND = 1_000;
/** Whoever comes waits for longer than this: too much is asked. */
const OVERLOADED_WAIT_MS = 1_000;
/** A process that was overloaded for so long is taken for dead by what watches it, or has run out of memory. */
const FALLS_AFTER_MS = 5_000;

/** What a process has to do and can do: work comes in, so much of it is done a second, and what is left waits. */
export class WorkQueue {
  readonly #perSecond: number;
  #waiting = 0;
  #doneMs = 0;
  #overloadedSinceMs: number | undefined;
  #waitMaxMs = 0;

  constructor(perSecond: number) {
    this.#perSecond = perSecond;
  }

  /** The longest that anything had to wait so far. */
  get waitMaxMs(): number {
    return this.#waitMaxMs;
  }

  /** How long what comes now has to wait. */
  waitMs(nowMs: number): number {
    this.#waiting = Math.max(0, this.#waiting - ((nowMs - this.#doneMs) * this.#perSecond) / MS_PER_SECOND);
    this.#doneMs = nowMs;
    return (this.#waiting * MS_PER_SECOND) / this.#perSecond;
  }

  add(work: number, nowMs: number): void {
    this.#waitMaxMs = Math.max(this.#waitMaxMs, this.waitMs(nowMs));
    this.#waiting += work;
  }

  /** Whether it has been overloaded for too long. To be called at even intervals. */
  isBeyondHelp(nowMs: number): boolean {
    if (this.waitMs(nowMs) <= OVERLOADED_WAIT_MS) this.#overloadedSinceMs = undefined;
    else this.#overloadedSinceMs ??= nowMs;
    return this.#overloadedSinceMs !== undefined && nowMs - this.#overloadedSinceMs >= FALLS_AFTER_MS;
  }
}
