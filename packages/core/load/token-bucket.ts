const MS_PER_SECOND = 1_000;

export interface Rate {
  perSecond: number;
  /** How many may come at once after a quiet time. */
  burst: number;
}

/** Admits so many a second in the long run, and a burst after a quiet time. */
export class TokenBucket {
  #rate: Rate;
  #tokens: number;
  #filledMs: number;

  constructor(rate: Rate, nowMs: number) {
    this.#rate = rate;
    this.#tokens = rate.burst;
    this.#filledMs = nowMs;
  }

  /** Takes `tokens` if there are that many. */
  take(tokens: number, nowMs: number): boolean {
    this.#fill(nowMs);
    if (this.#tokens < tokens) return false;
    this.#tokens -= tokens;
    return true;
  }

  /** How many could be taken now. */
  available(nowMs: number): number {
    this.#fill(nowMs);
    return this.#tokens;
  }

  /** From now on it is filled at this rate; what is in it stays, as far as the new burst has room for it. */
  setRate(rate: Rate, nowMs: number): void {
    this.#fill(nowMs);
    this.#rate = rate;
    this.#tokens = Math.min(rate.burst, this.#tokens);
  }

  /** Puts back what was taken in vain. */
  giveBack(tokens: number): void {
    this.#tokens = Math.min(this.#rate.burst, this.#tokens + tokens);
  }
  #fill(nowMs: number): void {
    const { perSecond, burst } = this.#rate;
    const elapsedMs = Math.max(0, nowMs - this.#filledMs);
    this.#filledMs = nowMs;
    this.#tokens = Math.min(burst, this.#tokens + (elapsedMs * perSecond) / MS_PER_SECOND);
  }
}
