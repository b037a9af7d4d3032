/**
 * Numbers the batches of one gateway, whatever node they go to. A node that was given up and came back may still say up to which
 * batch it kept all: that must not mean a batch it got since.
 */
export class BatchNumbers {
  #last = 0;

  /** Of the next batch; the next one to a certain node has this number or a higher one. */
  get next(): number {
    return this.#last + 1;
  }

  take(): number {
    this.#last += 1;
    return this.#last;
  }
}
