/** How fast rows go by, and when the last one will have. */
export interface Pace {
  rowsPerSecond: number;
  /** Undefined as long as nothing can be said. */
  remainingMs: number | undefined;
}

/** Goes by what was done since the first note; what was done before that was another run's. */
export class PaceMeter {
  #first: { rowsDone: number; nowMs: number } | undefined;

  note(rowsDone: number, rowsTotal: number, nowMs: number): Pace {
    this.#first ??= { rowsDone, nowMs };
    const elapsedMs = nowMs - this.#first.nowMs;
    const rowCount = rowsDone - this.#first.rowsDone;
    if (elapsedMs <= 0 || rowCount <= 0) return { rowsPerSecond: 0, remainingMs: undefined };
    const remainingMs = (Math.max(rowsTotal - rowsDone, 0) * elapsedMs) / rowCount;
    return { rowsPerSecond: (rowCount * 1000) / elapsedMs, remainingMs };
  }
}
