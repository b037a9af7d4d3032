import { joinFrames } from '@hongyan/protocol';
import type { Connection } from './connection.ts';
import type { Lagging, SendBudget } from './send-budget.ts';
import type { Flushable, WriteBatcher } from './write-batcher.ts';

/**
 * What one connection may have waiting before it counts as a slow reader (SES-9): above what Hello alone can cause, the
 * states of `positionsMax` conversations and a first portion of entries.
 */
export const SEND_QUEUE_BYTES_MAX = 4 * 1024 * 1024;

export interface SendQueueParts {
  batcher: WriteBatcher;
  budget: SendBudget;
}

/** Whose frames they are. */
export interface SendQueueHost {
  /** More waits than may. */
  readsTooSlowly(): void;
  /** The server's fault: frames that were to be written are lost. */
  writeFailed(error: unknown): void;
}

/** Frames on their way to one connection, bounded. */
export class SendQueue implements Flushable, Lagging {
  readonly #connection: Connection;
  readonly #parts: SendQueueParts;
  readonly #host: SendQueueHost;
  #frames: Uint8Array[] | undefined;
  #bytes = 0;
  /** What of it counts in the budget: what had been written, and the network had not taken. */
  #lag = 0;

  constructor(connection: Connection, parts: SendQueueParts, host: SendQueueHost) {
    this.#connection = connection;
    this.#parts = parts;
    this.#host = host;
  }

  push(frame: Uint8Array): void {
    if (this.#frames === undefined) {
      this.#frames = [];
      this.#parts.batcher.add(this);
    }
    this.#frames.push(frame);
    this.#bytes += frame.length;
    const { bufferedBytes } = this.#connection;
    if (this.#bytes + bufferedBytes > SEND_QUEUE_BYTES_MAX || bufferedBytes > this.#parts.budget.lagBytesMax) {
      this.#host.readsTooSlowly();
    }
  }

  flush(): void {
    const frames = this.#frames;
    if (frames === undefined) return;
    this.#frames = undefined;
    this.#bytes = 0;
    if (frames.length === 0) return;
    try {
      this.#connection.write(joinFrames(frames));
      this.measure();
    } catch (error) {
      this.#host.writeFailed(error);
    }
  }

  /** Forgets what was not written yet. */
  clear(): void {
    if (this.#frames !== undefined) this.#frames.length = 0;
    this.#bytes = 0;
  }

  measure(): void {
    this.#count(this.#connection.bufferedBytes);
  }

  enforce(lagBytesMax: number): void {
    if (this.#lag > lagBytesMax) this.#host.readsTooSlowly();
  }

  /** The connection ends. */
  release(): void {
    this.#count(0);
  }

  #count(lag: number): void {
    const before = this.#lag;
    if (lag === before) return;
    this.#lag = lag;
    this.#parts.budget.changed(this, before, lag);
  }
}
