/** Something that holds frames back until the end of the turn. */
export interface Flushable {
  /** Never throws: others' frames come after. */
  flush(): void;
}

/** Lets all frames that arise in one turn of the event loop share one write per connection. */
export class WriteBatcher {
  #waiting: Flushable[] = [];
  readonly #defer: (task: () => void) => void;

  /** `defer` runs its task once the present turn's work is done. */
  constructor(defer: (task: () => void) => void) {
    this.#defer = defer;
  }

  /** Flushes `queue` soon. Call it once per flush. */
  add(queue: Flushable): void {
    this.#waiting.push(queue);
    if (this.#waiting.length === 1) this.#defer(() => this.#flush());
  }

  #flush(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const queue of waiting) queue.flush();
  }
}
