/**
 * How long the oldest of many unfinished tasks has waited, without remembering each: tasks finish about in the order in
 * which they started, so the oldest one started after the newest sample whose starts have all been matched by finishes.
 * As exact as samples are close together; a task that never finishes among others that do is not taken for a standstill.
 */
export class Backlog {
  #started = 0;
  #finished = 0;
  #samples: { atMs: number; started: number }[] = [];

  started(): void {
    this.#started += 1;
  }

  finished(): void {
    this.#finished += 1;
  }

  /** The age of the oldest unfinished task, at most `ageMaxMs`. To be called at even intervals. */
  sample(nowMs: number, ageMaxMs: number): number {
    this.#samples.push({ atMs: nowMs, started: this.#started });
    const oldest = this.#samples.findIndex(({ started }) => started > this.#finished);
    if (oldest === -1) {
      this.#samples = [];
      return 0;
    }
    this.#samples = this.#samples.slice(oldest).filter(({ atMs }) => nowMs - atMs <= ageMaxMs);
    return nowMs - (this.#samples[0]?.atMs ?? nowMs);
  }
}
