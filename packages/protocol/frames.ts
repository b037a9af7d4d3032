// The framing of every transport: a frame is its length (4 bytes, big endian, without itself) and then that many bytes
// of an encoded Command (up) or ServerFrame (down). Frames may share one write; on WebSocket a binary message carries
// one or more whole frames.

export const FRAME_HEADER_BYTES = 4;

/** Joins encoded messages into one write, each behind its length. */
export function joinFrames(messages: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  let length = 0;
  for (const message of messages) length += FRAME_HEADER_BYTES + message.length;
  const out = new Uint8Array(length);
  let at = 0;
  for (const message of messages) {
    const size = message.length;
    out[at] = size >>> 24;
    out[at + 1] = size >>> 16;
    out[at + 2] = size >>> 8;
    out[at + 3] = size;
    out.set(message, at + FRAME_HEADER_BYTES);
    at += FRAME_HEADER_BYTES + size;
  }
  return out;
}

/** The peer announced a frame beyond the limit. */
export class FrameTooLarge extends Error {
  override readonly name = 'FrameTooLarge';
  constructor(frameBytes: number, frameBytesMax: number) {
    super(`a frame of ${frameBytes} bytes is beyond the limit of ${frameBytesMax}`);
  }
}

/** The input ended inside a frame where only whole frames are allowed. */
export class FrameTruncated extends Error {
  override readonly name = 'FrameTruncated';
  constructor() {
    super('the input ends inside a frame');
  }
}

const frameLength = (bytes: Uint8Array, at: number) =>
  (bytes[at] as number) * 0x1000000 +
  ((bytes[at + 1] as number) << 16) +
  ((bytes[at + 2] as number) << 8) +
  (bytes[at + 3] as number);

/**
 * The frames of one whole message (a WebSocket binary message), as views onto `bytes`, one at a time, so that whoever
 * stops at a bad one has not paid for those behind it. Throws FrameTooLarge or FrameTruncated where it meets it.
 */
export function* splitFrames(bytes: Uint8Array, frameBytesMax: number): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; ) {
    if (bytes.length - at < FRAME_HEADER_BYTES) throw new FrameTruncated();
    const length = frameLength(bytes, at);
    if (length > frameBytesMax) throw new FrameTooLarge(length, frameBytesMax);
    const start = at + FRAME_HEADER_BYTES;
    at = start + length;
    if (at > bytes.length) throw new FrameTruncated();
    yield bytes.subarray(start, at);
  }
}

/** Cuts a byte stream (TCP) into frames. Holds at most one unfinished frame, in a buffer that doubles as it grows. */
export class FrameReader {
  #pending: Uint8Array = new Uint8Array(0);
  #pendingBytes = 0;
  #neededBytes = FRAME_HEADER_BYTES;
  readonly #frameBytesMax: number;

  constructor(frameBytesMax: number) {
    this.#frameBytesMax = frameBytesMax;
  }

  /** Bytes of an unfinished frame. */
  get pendingBytes(): number {
    return this.#pendingBytes;
  }

  /** The frames that `chunk` completes, as views. Throws FrameTooLarge as soon as a length is seen to be. */
  push(chunk: Uint8Array): Uint8Array[] {
    if (this.#pendingBytes === 0) return this.#cut(chunk);
    this.#append(chunk);
    if (this.#pendingBytes < this.#neededBytes) return [];
    const bytes = this.#pending.subarray(0, this.#pendingBytes);
    this.#pending = new Uint8Array(0);
    this.#pendingBytes = 0;
    return this.#cut(bytes);
  }

  #append(chunk: Uint8Array): void {
    const length = this.#pendingBytes + chunk.length;
    if (length > this.#pending.length) {
      const grown = new Uint8Array(Math.max(length, this.#pending.length * 2));
      grown.set(this.#pending.subarray(0, this.#pendingBytes));
      this.#pending = grown;
    }
    this.#pending.set(chunk, this.#pendingBytes);
    this.#pendingBytes = length;
  }

  #cut(bytes: Uint8Array): Uint8Array[] {
    const frames: Uint8Array[] = [];
    let at = 0;
    let needed = FRAME_HEADER_BYTES;
    while (bytes.length - at >= FRAME_HEADER_BYTES) {
      const length = frameLength(bytes, at);
      if (length > this.#frameBytesMax) throw new FrameTooLarge(length, this.#frameBytesMax);
      needed = FRAME_HEADER_BYTES + length;
      if (bytes.length - at < needed) break;
      frames.push(bytes.subarray(at + FRAME_HEADER_BYTES, at + needed));
      at += needed;
      needed = FRAME_HEADER_BYTES;
    }
    this.#neededBytes = needed;
    if (at < bytes.length) this.#append(bytes.subarray(at));
    return frames;
  }
}
