import { FrameBuffer } from './frame-buffer.ts';

export interface RingBounds {
  framesMax: number;
  /** Of the frames and their lengths. */
  bytesMax: number;
}

/** Pushes older than this when something is heard of the client are taken for arrived. */
const ARRIVED_AFTER_MS = 15_000;

/** Counts a session's pushes and keeps the newest of them. */
export class PushRing {
  readonly #kept = new FrameBuffer();
  #count = 0;
  /** As many pushes had been made at `#markedMs`. */
  #markedCount = 0;
  #markedMs = 0;

  /** All pushes so far, kept or not. */
  get count(): number {
    return this.#count;
  }

  /** What the kept ones take. */
  get bytes(): number {
    return this.#kept.bytes;
  }

  add(frame: Uint8Array, { framesMax, bytesMax }: RingBounds): void {
    const kept = this.#kept;
    const bytes = FrameBuffer.bytesOf(frame);
    if (bytes > bytesMax) {
      this.skip();
      return;
    }
    while (kept.count >= framesMax || kept.bytes + bytes > bytesMax) kept.shift();
    kept.push(frame);
    this.#count += 1;
  }

  /** Counts a push that is not kept, nor is anything before it. */
  skip(): void {
    this.#count += 1;
    this.#kept.clear();
  }

  /** Whether all pushes after the first `received` ones are kept. */
  has(received: number): boolean {
    const missing = this.#count - received;
    return missing >= 0 && missing <= this.#kept.count;
  }

  /** The pushes after the first `received` ones, as copies. */
  after(received: number): Uint8Array[] {
    return this.#kept.newest(this.#count - received);
  }

  /** Goes on over another connection, whose client has the first `received` pushes. */
  resume(received: number, nowMs: number): void {
    this.#forget(received);
    this.#markedCount = received;
    this.#markedMs = nowMs;
  }

  /** The client said something: what was pushed long before has arrived. */
  heard(nowMs: number): void {
    if (nowMs - this.#markedMs < ARRIVED_AFTER_MS) return;
    this.#forget(this.#markedCount);
    this.#markedCount = this.#count;
    this.#markedMs = nowMs;
  }

  /** Forgets the first `count` pushes of the session. */
  #forget(count: number): void {
    while (this.#kept.count > 0 && this.#count - this.#kept.count < count) this.#kept.shift();
  }
}
