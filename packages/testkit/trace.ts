import { readableId } from './system/names.ts';

/** What happened in a run, in order: a hash of all of it, and the last lines in words. */
export class Trace {
  readonly #now: () => number;
  readonly #lines: string[] = [];
  #count = 0;
  #high = 0x811c9dc5;
  #low = 0x9dc5811c;
  readonly #startMs: number;
  readonly #linesKept: number;

  constructor(now: () => number, linesKept: number) {
    this.#now = now;
    this.#linesKept = linesKept;
    this.#startMs = now();
  }

  /** How many lines were written. */
  get count(): number {
    return this.#count;
  }

  write(line: string): void {
    const stamped = `${String(this.#now() - this.#startMs).padStart(7)} ${line}`;
    this.#lines[this.#count % this.#linesKept] = stamped;
    this.#count += 1;
    this.#absorb(stamped);
  }

  /** The last lines, the newest at the end. */
  tail(): string[] {
    const kept = this.#lines.length;
    return Array.from({ length: kept }, (_, index) =>
      readableId(this.#lines[(this.#count - kept + index) % this.#linesKept] ?? ''),
    );
  }

  /** Equal for equal traces: 64 bits, two FNV-1a hashes over the characters. */
  hash(): string {
    return [this.#high, this.#low].map((half) => (half >>> 0).toString(16).padStart(8, '0')).join('');
  }

  #absorb(text: string): void {
    for (let at = 0; at < text.length; at++) {
      const character = text.charCodeAt(at);
      this.#high = Math.imul(this.#high ^ character, 0x01000193);
      this.#low = Math.imul(this.#low ^ (character + at), 0x01000193);
    }
  }
}
