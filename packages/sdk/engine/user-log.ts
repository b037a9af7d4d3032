/** SYN-5: how far this device holds the account's own log, whose events only matter when they are applied. */
export class UserLog {
  #seq: number;
  /** The furthest event anything was heard of. */
  #heardOfSeq = 0;
  #statedSeq = 0;

  constructor(seq: number) {
    this.#seq = seq;
  }

  get seq(): number {
    return this.#seq;
  }

  get isBehind(): boolean {
    return this.#heardOfSeq > this.#seq;
  }

  /** What Hello says. */
  state(): number {
    this.#statedSeq = this.#seq;
    return this.#seq;
  }

  /** The server compares what was stated: all that is missing will come. */
  compared(): void {
    this.#heardOfSeq = this.#seq;
  }

  /** The server's log goes up to here, and nothing covers what this device misses of it. */
  reaches(seq: number): void {
    this.#heardOfSeq = Math.max(this.#heardOfSeq, seq);
  }

  /** Whether the event with this place is the next one, and so to be applied. */
  advance(seq: number): boolean {
    this.#heardOfSeq = Math.max(this.#heardOfSeq, seq);
    if (seq !== this.#seq + 1) return false;
    this.#seq = seq;
    return true;
  }

  /** The conversations' states cover the log up to here; lower than what was stated when the server lost some (SYN-7). Tells whether that moved anything. */
  covered(seq: number): boolean {
    const isShorter = seq < this.#statedSeq;
    if (isShorter) this.#heardOfSeq = seq;
    if (seq <= this.#seq && !isShorter) return false;
    this.#seq = seq;
    return true;
  }

  /** A page says where the log ends. */
  endsAt(seq: number): void {
    this.#heardOfSeq = Math.max(this.#seq, seq);
  }
}
