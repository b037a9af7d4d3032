/** More batches than a node keeps back: the oldest are then taken to be kept, and a heartbeat finds what was not. */
const BATCHES_MAX = 10_000;

/** The sessions whose devices stated something in batches that a node has not said to be kept. */
export class Unkept {
  readonly #batches: { number: number; sessions: Set<string> }[] = [];

  stated(sessionId: string, batch: number): void {
    const last = this.#batches.at(-1);
    if (last?.number === batch) last.sessions.add(sessionId);
    else this.#batches.push({ number: batch, sessions: new Set([sessionId]) });
    if (this.#batches.length > BATCHES_MAX) this.#batches.shift();
  }

  keptThrough(batch: number): void {
    const kept = this.#batches.findIndex(({ number }) => number > batch);
    this.#batches.splice(0, kept === -1 ? this.#batches.length : kept);
  }

  takeAll(): Set<string> {
    return new Set(this.#batches.splice(0).flatMap(({ sessions }) => [...sessions]));
  }
}
