/** What each frame takes beside its bytes: its length. */
const LENGTH_BYTES = 4;
const CAPACITY_MIN_BYTES = 256;

const EMPTY = new Uint8Array(0);

/**
 * Copies of frames in one piece of memory, first in, first out. Thousands of small objects that live for a second would cost
 * the garbage collector more. Holds nothing while it is empty.
 */
export class FrameBuffer {
  #memory: Uint8Array = EMPTY;
  #start = 0;
  #end = 0;
  #count = 0;

  get count(): number {
    return this.#count;
  }

  /** What the frames take, their lengths included. */
  get bytes(): number {
    return this.#end - this.#start;
  }

  /** What a frame takes. */
  static bytesOf(frame: Uint8Array): number {
    return LENGTH_BYTES + frame.length;
  }

  push(frame: Uint8Array): void {
    this.#reserve(LENGTH_BYTES + frame.length);
    const { length } = frame;
    const memory = this.#memory;
    let at = this.#end;
    for (let bits = length, n = 0; n < LENGTH_BYTES; bits >>>= 8, n++) memory[at++] = bits;
    memory.set(frame, at);
    this.#end = at + length;
    this.#count += 1;
  }

  /** Drops the oldest frame. */
  shift(): void {
    if (this.#count === 0) return;
    this.#start += LENGTH_BYTES + this.#lengthAt(this.#start);
    this.#count -= 1;
    if (this.#count === 0) this.clear();
  }

  clear(): void {
    this.#memory = EMPTY;
    this.#start = 0;
    this.#end = 0;
    this.#count = 0;
  }

  /** The newest `count` frames, oldest first, as copies. */
  newest(count: number): Uint8Array[] {
    const frames: Uint8Array[] = [];
    for (let at = this.#start, older = this.#count - count; at < this.#end; older--) {
      const begin = at + LENGTH_BYTES;
      at = begin + this.#lengthAt(at);
      if (older <= 0) frames.push(this.#memory.slice(begin, at));
    }
    return frames;
  }

  #lengthAt(at: number): number {
    let length = 0;
    for (let n = LENGTH_BYTES - 1; n >= 0; n--) length = (length << 8) | (this.#memory[at + n] ?? 0);
    return length;
  }

  /** Makes room behind the newest frame, by moving all to the front when half of the memory is free. */
  #reserve(bytes: number): void {
    if (this.#end + bytes <= this.#memory.length) return;
    const needed = this.bytes + bytes;
    if (needed * 2 <= this.#memory.length) {
      this.#memory.copyWithin(0, this.#start, this.#end);
    } else {
      const grown = new Uint8Array(Math.max(CAPACITY_MIN_BYTES, needed * 2));
      grown.set(this.#memory.subarray(this.#start, this.#end));
      this.#memory = grown;
    }
    this.#end -= this.#start;
    this.#start = 0;
  }
}
