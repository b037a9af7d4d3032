const INITIAL_ENTRIES = 1024;

/**
 * A direct conversation's log as one member holds it: at each seq the number of the message there, counted from 1 by its
 * sender, negative for one's own, 0 for none.
 */
export class MemberLog {
  #numbers = new Int32Array(INITIAL_ENTRIES);
  #lastSeq = 0;
  #contiguousSeq = 0;
  #conflicts = 0;
  #repeats = 0;

  /** The highest seq held. */
  get lastSeq(): number {
    return this.#lastSeq;
  }

  /** Everything up to here is held. */
  get contiguousSeq(): number {
    return this.#contiguousSeq;
  }

  get hasGap(): boolean {
    return this.#contiguousSeq < this.#lastSeq;
  }

  /** How often a seq was said to hold another message than before. */
  get conflicts(): number {
    return this.#conflicts;
  }

  /** How often an entry came again at its own seq, which the push path may do. */
  get repeats(): number {
    return this.#repeats;
  }

  at(seq: number): number {
    return this.#numbers[seq] ?? 0;
  }

  /** Answers whether the seq was free. */
  put(seq: number, number: number): boolean {
    if (seq >= this.#numbers.length) this.#grow(seq);
    const held = this.#numbers[seq];
    if (held !== 0) {
      if (held === number) this.#repeats += 1;
      else this.#conflicts += 1;
      return false;
    }
    this.#numbers[seq] = number;
    if (seq > this.#lastSeq) this.#lastSeq = seq;
    while (this.at(this.#contiguousSeq + 1) !== 0) this.#contiguousSeq += 1;
    return true;
  }

  #grow(seq: number): void {
    const numbers = new Int32Array(Math.max(seq + 1, this.#numbers.length * 2));
    numbers.set(this.#numbers);
    this.#numbers = numbers;
  }
}
