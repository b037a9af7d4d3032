/**
 * The device's clock without its steps back: when somebody sets it back, everything that waits for a moment would else wait
 * that much longer, half-open connections among it.
 */
export class SteadyClock {
  #lastMs: number | undefined;
  #aheadMs = 0;

  /** The steady time when the device's clock shows `nowMs`. */
  at(nowMs: number): number {
    if (this.#lastMs !== undefined && nowMs < this.#lastMs) this.#aheadMs += this.#lastMs - nowMs;
    this.#lastMs = nowMs;
    return nowMs + this.#aheadMs;
  }

  /** What the device's clock shows at a steady time. */
  shown(steadyMs: number): number {
    return steadyMs - this.#aheadMs;
  }
}
