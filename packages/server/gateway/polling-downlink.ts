import { FRAME_HEADER_BYTES, joinFrames, splitFrames } from '@hongyan/protocol';

/** What one answer has at most, unless a single frame is larger: little enough to arrive in time over a poor network. */
export const ANSWER_BYTES_MAX = 128 * 1024;

/** Frames on their way to a long-polling client, in numbered answers; each is kept until the next one is asked for (POL-5). */
export class Downlink {
  #waiting: Uint8Array[] = [];
  #waitingBytes = 0;
  #answer: Uint8Array | undefined;
  /** The number of the last answer, 0 before the first. */
  #lastN = 0;

  /** What the client is not known to have. */
  get bytes(): number {
    return this.#waitingBytes + (this.#answer?.length ?? 0);
  }

  /** Takes whole frames, as they are written to a connection. */
  push(frames: Uint8Array): void {
    for (const frame of splitFrames(frames, Number.POSITIVE_INFINITY)) this.#waiting.push(frame);
    this.#waitingBytes += frames.length;
  }

  /** Nothing more comes: what waits is one more answer, or else no more than the last frame. */
  end(): void {
    const last = this.#waiting.at(-1);
    if (last === undefined || this.#waitingBytes <= ANSWER_BYTES_MAX) return;
    this.#waiting = [last];
    this.#waitingBytes = FRAME_HEADER_BYTES + last.length;
  }

  /**
   * The answer with number `n`, which acknowledges those before it; undefined while there is nothing to answer with.
   * Asked again, it is the same answer.
   */
  ask(n: number): Uint8Array | 'out-of-order' | undefined {
    if (n === this.#lastN && this.#answer !== undefined) return this.#answer;
    if (n !== this.#lastN + 1) return 'out-of-order';
    this.#answer = undefined;
    if (this.#waiting.length === 0) return undefined;
    this.#lastN = n;
    this.#answer = joinFrames(this.#take());
    this.#waitingBytes -= this.#answer.length;
    return this.#answer;
  }

  #take(): Uint8Array[] {
    let count = 0;
    let bytes = 0;
    for (const frame of this.#waiting) {
      bytes += FRAME_HEADER_BYTES + frame.length;
      if (count > 0 && bytes > ANSWER_BYTES_MAX) break;
      count += 1;
    }
    return this.#waiting.splice(0, count);
  }
}
