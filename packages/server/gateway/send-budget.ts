/** What all connections of a node may have waiting before each may have less. */
const NODE_BYTES_MAX = 512 * 1024 * 1024;
/** Then each may have an equal share of that, within these bounds. */
const SHARE_BYTES_MAX = 256 * 1024;
const SHARE_BYTES_MIN = 64 * 1024;

/** A connection that has something waiting which the network has not taken. */
export interface Lagging {
  /** Looks again at how much it is, and counts it. */
  measure(): void;
  /** Ends the connection if it is more. */
  enforce(lagBytesMax: number): void;
}

/** The memory that readers slower than their frames take together on one node (LOD-9). */
export class SendBudget {
  readonly #nodeBytesMax: number;
  readonly #lagging = new Set<Lagging>();
  #bytes = 0;

  constructor(nodeBytesMax = NODE_BYTES_MAX) {
    this.#nodeBytesMax = nodeBytesMax;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** What one connection may have waiting now, beside its own bound. */
  get lagBytesMax(): number {
    if (this.#bytes <= this.#nodeBytesMax) return Number.POSITIVE_INFINITY;
    return Math.max(SHARE_BYTES_MIN, Math.min(SHARE_BYTES_MAX, this.#nodeBytesMax / this.#lagging.size));
  }

  /** A connection that had `before` bytes waiting has `now`. */
  changed(queue: Lagging, before: number, now: number): void {
    this.#bytes += now - before;
    if (now === 0) this.#lagging.delete(queue);
    else if (before === 0) this.#lagging.add(queue);
  }

  /** Counts what the network took meanwhile, and ends who has too much, longest first. To be called at even intervals. */
  review(): void {
    for (const queue of this.#lagging) queue.measure();
    for (const queue of this.#lagging) {
      if (this.#bytes <= this.#nodeBytesMax) return;
      queue.enforce(this.lagBytesMax);
    }
  }
}
