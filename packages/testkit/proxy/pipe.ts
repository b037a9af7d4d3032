import type { Socket } from 'node:net';
import type { SeededRandom } from '../random/seeded-random.ts';
import type { DirectionConditions } from './conditions.ts';
import { retransmissionMs, SEGMENT_BYTES, Shaper } from './shaper.ts';

/** What waits on one direction at most, as if in the buffers along the way; beyond it the sender has to wait. */
const QUEUE_BYTES_MAX = 256 * 1024;

interface Item {
  kind: 'bytes' | 'end' | 'reset';
  bytes: Buffer;
  handedOverMs: number;
  arrivalMs: number;
}

const noBytes = Buffer.alloc(0);

export interface PipeParts {
  from: Socket;
  to: Socket;
  random: SeededRandom;
  conditions: () => DirectionConditions;
  onBytes: (count: number) => void;
  /** Called when the pipe has cut what it was told to cut in the middle. */
  onCut: () => void;
}

/** One direction of a connection: takes bytes from one socket and gives them to the other when they are due. */
export class Pipe {
  readonly #parts: PipeParts;
  readonly #shaper: Shaper;
  readonly #queue: Item[] = [];
  #queuedBytes = 0;
  #timer: NodeJS.Timeout | undefined;
  #heldSinceMs: number | undefined;
  #notBeforeMs = 0;
  #isBlocked = false;
  #isSevered = false;
  #next: 'pass' | 'garble' | 'cut' = 'pass';

  constructor(parts: PipeParts) {
    this.#parts = parts;
    this.#shaper = new Shaper(parts.random);
    const { from, to } = parts;
    from.on('data', (chunk: Buffer) => this.#take(chunk));
    from.on('end', () => this.#enqueue(noBytes, 'end'));
    from.on('error', () => {});
    from.on('close', (hadError) => {
      if (hadError || !from.readableEnded) this.#enqueue(noBytes, 'reset');
    });
    to.on('drain', () => {
      this.#isBlocked = false;
      this.#pump();
    });
  }

  /** From now on nothing arrives, and nobody is told. */
  hold(): void {
    this.#heldSinceMs ??= performance.now();
    clearTimeout(this.#timer);
  }

  /** What was held comes when TCP tries again, and everything else after it. */
  release(): void {
    const heldSinceMs = this.#heldSinceMs;
    if (heldSinceMs === undefined) return;
    this.#heldSinceMs = undefined;
    const [head] = this.#queue;
    if (head !== undefined) {
      this.#notBeforeMs = retransmissionMs(Math.max(heldSinceMs, head.handedOverMs), performance.now());
    }
    this.#pump();
  }

  /** One bit of the next bytes is flipped. */
  garbleNext(): void {
    this.#next = 'garble';
  }

  /** Of the next bytes only the first half arrives, then the connection is cut. */
  cutInNext(): void {
    this.#next = 'cut';
  }

  /** Forgets what is on its way and swallows what comes. */
  sever(): void {
    this.#isSevered = true;
    clearTimeout(this.#timer);
    this.#queue.length = 0;
    this.#queuedBytes = 0;
    const { from } = this.#parts;
    if (from.readableEnded) from.destroy();
    else from.on('end', () => from.destroy()).resume();
  }

  #take(chunk: Buffer): void {
    this.#parts.onBytes(chunk.length);
    for (let at = 0; at < chunk.length; at += SEGMENT_BYTES) {
      this.#enqueue(chunk.subarray(at, at + SEGMENT_BYTES), 'bytes');
    }
    if (this.#queuedBytes > QUEUE_BYTES_MAX) this.#parts.from.pause();
  }

  #enqueue(bytes: Buffer, kind: Item['kind']): void {
    if (this.#isSevered) return;
    const { conditions, random } = this.#parts;
    const handedOverMs = performance.now();
    const arrivalMs = this.#shaper.arrivalMs(bytes.length, handedOverMs, conditions());
    const isGarbled = bytes.length > 0 && random.chance(conditions().garbleChance);
    this.#queue.push({ kind, bytes: isGarbled ? garbled(bytes, random) : bytes, handedOverMs, arrivalMs });
    this.#queuedBytes += bytes.length;
    this.#pump();
  }

  #pump(): void {
    clearTimeout(this.#timer);
    for (let head = this.#queue[0]; head !== undefined; head = this.#queue[0]) {
      if (this.#isBlocked || this.#heldSinceMs !== undefined) return;
      const waitMs = Math.max(head.arrivalMs, this.#notBeforeMs) - performance.now();
      if (waitMs > 0) {
        this.#timer = setTimeout(() => this.#pump(), Math.ceil(waitMs));
        return;
      }
      this.#queue.shift();
      this.#deliver(head);
    }
  }

  #deliver(item: Item): void {
    const { from, to } = this.#parts;
    switch (item.kind) {
      case 'end':
        to.end();
        return;
      case 'reset':
        to.resetAndDestroy();
        return;
      case 'bytes':
        this.#queuedBytes -= item.bytes.length;
        if (this.#queuedBytes < QUEUE_BYTES_MAX / 2) from.resume();
        this.#write(item.bytes);
    }
  }

  #write(bytes: Buffer): void {
    const { to, random, onCut } = this.#parts;
    const fault = this.#next;
    this.#next = 'pass';
    switch (fault) {
      case 'pass':
        this.#isBlocked = !to.write(bytes);
        return;
      case 'garble':
        this.#isBlocked = !to.write(garbled(bytes, random));
        return;
      case 'cut':
        to.write(bytes.subarray(0, Math.floor(bytes.length / 2)), onCut);
    }
  }
}

/** A copy with one bit flipped. */
function garbled(bytes: Buffer, random: SeededRandom): Buffer {
  const copy = Buffer.from(bytes);
  const at = random.between(0, copy.length - 1);
  copy[at] = (copy[at] ?? 0) ^ (1 << random.between(0, 7));
  return copy;
}
