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
export type Dial = (device: Dialler, end: End, opened: (link: Link | undefined) => void) => void;

export interface Dialler {
  readonly userId: string;
  readonly deviceId: string;
  readonly hasNetwork: boolean;
}

type ConnectionEvent = Extract<EngineEvent, { type: 'transportOpened' | 'transportClosed' | 'framesReceived' }>;

export const accessTokenOf = ({ userId, deviceId }: { userId: string; deviceId: string }) => `${userId} ${deviceId}`;

/** A transport of a device, through the real frames and the real codec. */
export class DeviceConnection {
  readonly #id: number;
  readonly #reader = new FrameReader(DEFAULT_LIMITS.frameBytesMax);
  #tell: ((event: ConnectionEvent) => void) | undefined;
  #link: Link | undefined;

  constructor(id: number, dial: Dial, device: Dialler, tell: (event: ConnectionEvent) => void) {
    this.#id = id;
    this.#tell = tell;
    const end: End = { receive: (bytes) => this.#receive(bytes), lost: () => this.#lost('the connection is gone') };
    dial(device, end, (link) => {
      if (link === undefined) this.#lost('nobody answers');
      else if (this.#tell === undefined) link.close('client');
      else {
        this.#link = link;
        this.#tell({ type: 'transportOpened', connectionId: id, accessToken: accessTokenOf(device) });
      }
    });
  }

  send(commands: readonly Command[]): void {
    this.#link?.send('client', joinFrames(commands.map(encodeCommand)));
  }

  /** Says nothing more to the engine. */
  close(): void {
    this.#tell = undefined;
    this.#link?.close('client');
  }

  /** The network below goes away; neither side is told. */
  cut(): void {
    this.#link?.cut([]);
  }

  #receive(bytes: Uint8Array): void {
    const frames = this.#reader.push(bytes).map(decodeServerFrame);
    if (frames.length > 0) this.#tell?.({ type: 'framesReceived', connectionId: this.#id, frames });
  }

  #lost(reason: string): void {
    const tell = this.#tell;
    this.#tell = undefined;
    tell?.({ type: 'transportClosed', connectionId: this.#id, code: 0, reason, retryAfterMs: 0 });
  }
}
