import type { Clock, Random } from '@hongyan/core';
import { MESSAGE_FRAMES_FACTOR, MESSAGE_FRAMES_MAX, splitFrames } from '@hongyan/protocol';
import type { Connection } from './connection.ts';
import { inputClose } from './input.ts';
import { type Fetched, PollingConnection } from './polling-connection.ts';
import { retryAfterMsIn } from './polling-refusal.ts';
import type { Session } from './session.ts';

/** 128 bits: whoever does not know an id does not guess one. */
const ID_BYTES = 16;

export interface PollingDoor {
  /** A session for a new connection; undefined when nobody is admitted now. */
  accept: (connection: Connection) => Session | undefined;
  frameBytesMax: number;
  clock: Clock;
  random: Random;
}

interface Held {
  connection: PollingConnection;
  session: Session;
  /** How many requests with frames were carried out. */
  lastN: number;
}

export type Opened = { kind: 'opened'; connectionId: string } | { kind: 'refused'; retryAfterMs: number };

/** What became of a request with frames. */
export type Taken = 'taken' | 'out-of-order' | 'gone';

/** Sessions over plain HTTP requests (POL); knows no HTTP itself. */
export class Polling {
  readonly #held = new Map<string, Held>();
  readonly #door: PollingDoor;

  constructor(door: PollingDoor) {
    this.#door = door;
  }

  /** What one request with frames may have; more is no use to send. */
  get bodyBytesMax(): number {
    return this.#door.frameBytesMax * MESSAGE_FRAMES_FACTOR;
  }

  open(): Opened {
    const { accept, clock, random } = this.#door;
    const connectionId = Buffer.from(random.bytes(ID_BYTES)).toString('base64url');
    const connection = new PollingConnection(clock, {
      absent: () => this.end(connectionId),
      forget: () => this.#held.delete(connectionId),
    });
    const session = accept(connection);
    if (session === undefined) {
      const retryAfterMs = retryAfterMsIn(connection.firstAnswer());
      connection.release();
      return { kind: 'refused', retryAfterMs };
    }
    this.#held.set(connectionId, { connection, session, lastN: 0 });
    return { kind: 'opened', connectionId };
  }

  /** Carries out whole frames, the `n`th time the client sends any; a number that was there before is not carried out again. */
  up(connectionId: string, n: number, frames: Uint8Array): Taken {
    const held = this.#held.get(connectionId);
    if (held === undefined || held.session.closed) return 'gone';
    if (n <= held.lastN) return 'taken';
    if (n > held.lastN + 1) return 'out-of-order';
    held.lastN = n;
    try {
      held.session.receive(splitFrames(frames, this.#door.frameBytesMax), MESSAGE_FRAMES_MAX);
    } catch (error) {
      const { code, reason } = inputClose(error);
      held.session.close(code, reason);
    }
    return 'taken';
  }

  /** The `n`th answer, which acknowledges those before. */
  async down(connectionId: string, n: number, signal: AbortSignal): Promise<Fetched> {
    return this.#held.get(connectionId)?.connection.fetch(n, signal) ?? { kind: 'gone' };
  }

  /** The client is gone, or says that it goes. */
  end(connectionId: string): Exclude<Taken, 'out-of-order'> {
    const held = this.#held.get(connectionId);
    if (held === undefined) return 'gone';
    this.#held.delete(connectionId);
    held.connection.release();
    held.session.connectionLost();
    return 'taken';
  }
}
