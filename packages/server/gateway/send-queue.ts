import { joinFrames } from '@hongyan/protocol';
import type { Connection } from './connection.ts';
import type { Flushable, WriteBatcher } from './write-batcher.ts';

/**
 * What one connection may have waiting before it counts as a slow reader (SES-9): above what Hello alone can cause, the
 * states of `positionsMax` conversations and a first portion of entries.
 */
export const SEND_QUEUE_BYTES_MAX = 4 * 1024 * 1024;

/** Frames on their way to one connection, bounded. */
export class SendQueue implements Flushable {
  readonly #connection: Connection;
  readonly #batcher: WriteBatcher;
  readonly #onOverflow: () => void;
  #frames: Uint8Array[] | undefined;
  #bytes = 0;

  constructor(connection: Connection, batcher: WriteBatcher, onOverflow: () => void) {
    this.#connection = connection;
    this.#batcher = batcher;
    this.#onOverflow = onOverflow;
  }

  push(frame: Uint8Array): void {
    if (this.#frames === undefined) {
      this.#frames = [];
      this.#batcher.add(this);
    }
    this.#frames.push(frame);
    this.#bytes += frame.length;
    if (this.#bytes + this.#connection.bufferedBytes > SEND_QUEUE_BYTES_MAX) this.#onOverflow();
  }

  flush(): void {
    const frames = this.#frames;
    if (frames === undefined) return;
    this.#frames = undefined;
    this.#bytes = 0;
    if (frames.length > 0) this.#connection.write(joinFrames(frames));
  }

  /** Forgets what was not written yet. */
  clear(): void {
    if (this.#frames !== undefined) this.#frames.length = 0;
    this.#bytes = 0;
  }
}
