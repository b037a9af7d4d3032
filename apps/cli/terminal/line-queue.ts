import type { Interface } from 'node:readline';

/** Lines that may wait; beyond it the input is paused (a pipe can be faster than the chat). */
const WAITING_MAX = 100;

/** Turns readline's events into lines to be asked for one at a time. */
export class LineQueue {
  readonly #lines: Interface;
  readonly #waiting: string[] = [];
  #ended = false;
  #take: ((line: string | undefined) => void) | undefined;

  constructor(lines: Interface) {
    this.#lines = lines;
    lines.on('line', (line) => this.#add(line));
    lines.on('close', () => {
      this.#ended = true;
      this.#take?.(undefined);
    });
  }

  /** The next line; undefined after the last. One call at a time. */
  next(): Promise<string | undefined> {
    const line = this.#waiting.shift();
    if (line !== undefined || this.#ended) return Promise.resolve(line);
    this.#lines.resume();
    return new Promise((resolve) => {
      this.#take = (next) => {
        this.#take = undefined;
        resolve(next);
      };
    });
  }

  #add(line: string): void {
    if (this.#take !== undefined) {
      this.#take(line);
      return;
    }
    this.#waiting.push(line);
    if (this.#waiting.length >= WAITING_MAX && !this.#ended) this.#lines.pause();
  }
}
