/**
 * Numbers what a gateway sends, to whichever node. They only grow: a node that was given up and is there again says of what it
 * kept by the number of a batch, and must not mean another one of the same number.
 */
export class BatchNumbers {
  #last = 0;

  /** No batch sent from now on has a lower one. */
  get next(): number {
    return this.#last + 1;
  }

  take(): number {
    this.#last += 1;
    return this.#last;
  }
}
