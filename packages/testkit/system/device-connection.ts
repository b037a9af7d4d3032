import {
  type Command,
  DEFAULT_LIMITS,
  decodeServerFrame,
  encodeCommand,
  FrameReader,
  joinFrames,
} from '@hongyan/protocol';
import type { EngineEvent } from '@hongyan/sdk/engine/types';
import type { End, Link } from '../faults/link.ts';

/** Opens a connection for a device after a while; the answer is undefined when nobody takes it. */
export type Dial = (end: End, opened: (link: Link | undefined) => void) => void;

export interface ConnectionParts {
  id: number;
  dial: Dial;
  /** Every call from outside passes here: a sleeping device takes it later. */
  enter: (task: () => void) => void;
  accessToken: () => string;
  tell: (event: ConnectionEvent) => void;
}

export type ConnectionEvent = Extract<EngineEvent, { type: 'transportOpened' | 'transportClosed' | 'framesReceived' }>;

/** A transport of a device, through the real frames and the real codec. */
export class DeviceConnection {
  readonly #parts: ConnectionParts;
  readonly #reader = new FrameReader(DEFAULT_LIMITS.frameBytesMax);
  #isOver = false;
  #link: Link | undefined;

  constructor(parts: ConnectionParts) {
    this.#parts = parts;
    const { dial, enter } = parts;
    const end: End = {
      receive: (bytes) => enter(() => this.#receive(bytes)),
      lost: () => enter(() => this.#lost('the connection is gone')),
    };
    dial(end, (link) => enter(() => this.#dialled(link)));
  }

  send(commands: readonly Command[]): void {
    this.#link?.send('client', joinFrames(commands.map(encodeCommand)));
  }

  /** Says nothing more to the engine. */
  close(): void {
    this.#isOver = true;
    this.#link?.close('client');
  }

  #dialled(link: Link | undefined): void {
    const { id: connectionId, accessToken, tell } = this.#parts;
    if (link === undefined) this.#lost('nobody answers');
    else if (this.#isOver) link.close('client');
    else {
      this.#link = link;
      tell({ type: 'transportOpened', connectionId, accessToken: accessToken() });
    }
  }

  #receive(bytes: Uint8Array): void {
    if (this.#isOver) return;
    const frames = this.#reader.push(bytes).map(decodeServerFrame);
    if (frames.length > 0) this.#parts.tell({ type: 'framesReceived', connectionId: this.#parts.id, frames });
  }

  #lost(reason: string): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#parts.tell({ type: 'transportClosed', connectionId: this.#parts.id, code: 0, reason, retryAfterMs: 0 });
  }
}
