/** How often a ping has what the device holds compared, at least and at most while it stays different. */
const COMPARE_PAUSE_MS = 60_000;
const COMPARE_PAUSE_MAX_MS = 3_600_000;
/** Nothing pushed for this long: the pushes have stopped, and the last one may have been lost. */
const PUSHES_STOPPED_MS = 5_000;

/** What a device said that it holds. */
export interface HeldStatement {
  userSeq: number;
  digest: number;
}

/** SYN-22: when a ping asks whether the device holds what the server has. */
export class Comparison {
  #comparedAtMs = 0;
  #pushedAtMs: number | undefined;
  #isWanted = false;
  /** Comparisons in a row that found a difference, in the same that was held. */
  #differences = 0;
  #differed: HeldStatement | undefined;

  /** The session was brought up to date, or a ping asks now. */
  compared(nowMs: number): void {
    this.#comparedAtMs = nowMs;
    this.#pushedAtMs = undefined;
    this.#isWanted = false;
  }

  /** Whether the server asked for one since the last (SES-17). */
  get isWanted(): boolean {
    return this.#isWanted;
  }

  /** The server asks for one. */
  wanted(): void {
    this.#isWanted = true;
  }

  pushed(nowMs: number): void {
    this.#pushedAtMs = nowMs;
  }

  isDue(nowMs: number): boolean {
    if (this.#isWanted || nowMs >= this.#comparedAtMs + this.#pauseMs) return true;
    const haveStopped = this.#pushedAtMs !== undefined && nowMs >= this.#pushedAtMs + PUSHES_STOPPED_MS;
    return haveStopped && this.#differences === 0;
  }

  /** What the server found. While bringing up to date changes nothing, it is asked ever more rarely. */
  answered(differs: boolean, held: HeldStatement): void {
    const isSame = held.userSeq === this.#differed?.userSeq && held.digest === this.#differed.digest;
    this.#differed = differs ? held : undefined;
    if (!differs) this.#differences = 0;
    else this.#differences = isSame ? this.#differences + 1 : 1;
  }

  reset(): void {
    this.#differences = 0;
    this.#differed = undefined;
  }

  get #pauseMs(): number {
    return Math.min(COMPARE_PAUSE_MAX_MS, COMPARE_PAUSE_MS * 2 ** Math.max(0, Math.min(16, this.#differences - 1)));
  }
}
