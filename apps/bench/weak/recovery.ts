/**
 * Measures from the end of an outage to the first message through, on one device. Only outages count at whose end
 * something waited for this device or on it; an outage that comes before anything got through does not set the time back.
 */
export class Recovery {
  readonly #record: (durationMs: number) => void;
  #sinceMs: number | undefined;

  constructor(record: (durationMs: number) => void) {
    this.#record = record;
  }

  outageEnded(nowMs: number, isSomethingWaiting: boolean): void {
    if (isSomethingWaiting) this.#sinceMs ??= nowMs;
  }

  messageThrough(nowMs: number): void {
    if (this.#sinceMs === undefined) return;
    this.#record(nowMs - this.#sinceMs);
    this.#sinceMs = undefined;
  }
}
