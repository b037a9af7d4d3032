/** Nothing happens on a live connection for longer than this, heartbeats included, unless the device slept. */
const STEP_MAX_MS = 60_000;

/** Counts the time with a live connection: not that in a tunnel, and not that in which the device slept. */
export class LiveClock {
  #liveMs = 0;
  #lastMs: number | undefined;

  get liveMs(): number {
    return this.#liveMs;
  }

  /** Something happened while the connection is live. The device's clock may jump either way. */
  tick(nowMs: number): void {
    const passedMs = nowMs - (this.#lastMs ?? nowMs);
    this.#liveMs += Math.min(Math.max(0, passedMs), STEP_MAX_MS);
    this.#lastMs = nowMs;
  }

  /** The connection was lost. */
  stop(nowMs: number): void {
    if (this.#lastMs !== undefined) this.tick(nowMs);
    this.#lastMs = undefined;
  }
}
