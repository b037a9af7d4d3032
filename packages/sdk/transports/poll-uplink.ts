import { FRAME_HEADER_BYTES, joinFrames } from '@hongyan/protocol';

/** What one request carries at most, unless a single command is larger: little enough for a poor network. */
const REQUEST_BYTES_MAX = 64 * 1024;
/** What may wait for its request; far more than the commands a server lets be unanswered. */
const WAITING_BYTES_MAX = 8 * 1024 * 1024;

/** Sends the `n`th batch of frames. Rejects when that cannot be done. */
export type PostFrames = (n: number, frames: Uint8Array<ArrayBuffer>) => Promise<void>;

/** Commands on their way up, in their order: one request at a time, each with what came together meanwhile. */
export class Uplink {
  readonly #post: PostFrames;
  readonly #failed: (error: unknown) => void;
  #waiting: Uint8Array[] = [];
  #waitingBytes = 0;
  #lastN = 0;
  #sending = false;

  constructor(post: PostFrames, failed: (error: unknown) => void) {
    this.#post = post;
    this.#failed = failed;
  }

  send(frames: readonly Uint8Array[]): void {
    this.#waiting.push(...frames);
    for (const frame of frames) this.#waitingBytes += FRAME_HEADER_BYTES + frame.length;
    if (this.#waitingBytes > WAITING_BYTES_MAX) this.#failed(new Error('the network takes too little'));
    else if (!this.#sending) void this.#sendAll();
  }

  async #sendAll(): Promise<void> {
    this.#sending = true;
    try {
      while (this.#waiting.length > 0) {
        const batch = joinFrames(this.#take());
        this.#waitingBytes -= batch.length;
        this.#lastN += 1;
        await this.#post(this.#lastN, batch);
      }
      this.#sending = false;
    } catch (error) {
      this.#failed(error);
    }
  }

  #take(): Uint8Array[] {
    let count = 0;
    let bytes = 0;
    for (const frame of this.#waiting) {
      bytes += FRAME_HEADER_BYTES + frame.length;
      if (count > 0 && bytes > REQUEST_BYTES_MAX) break;
      count += 1;
    }
    return this.#waiting.splice(0, count);
  }
}
