import type { Socket } from 'node:net';
import type { SeededRandom } from '../random/seeded-random.ts';
import type { DirectionConditions } from './conditions.ts';
import { Pipe } from './pipe.ts';

/** Who learns of something. */
export type Side = 'client' | 'server';

export interface ConnectionParts {
  client: Socket;
  server: Socket;
  random: SeededRandom;
  up: () => DirectionConditions;
  down: () => DirectionConditions;
  onBytes: (direction: 'up' | 'down', count: number) => void;
  /** Both sockets are gone. */
  onClosed: () => void;
}

/** A connection that runs through the proxy. */
export class ProxiedConnection {
  readonly #sockets: Readonly<Record<Side, Socket>>;
  readonly #up: Pipe;
  readonly #down: Pipe;

  constructor({ client, server, random, up, down, onBytes, onClosed }: ConnectionParts) {
    this.#sockets = { client, server };
    const onCut = () => this.cut(['client', 'server']);
    const pipe = (from: Socket, to: Socket, direction: 'up' | 'down', conditions: () => DirectionConditions) =>
      new Pipe({ from, to, random, conditions, onCut, onBytes: (count) => onBytes(direction, count) });
    this.#up = pipe(client, server, 'up', up);
    this.#down = pipe(server, client, 'down', down);
    let open = 2;
    for (const socket of [client, server]) {
      socket.on('close', () => {
        open -= 1;
        if (open === 0) onClosed();
      });
    }
  }

  hold(): void {
    this.#up.hold();
    this.#down.hold();
  }

  release(): void {
    this.#up.release();
    this.#down.release();
  }

  garbleNext(direction: 'up' | 'down'): void {
    (direction === 'up' ? this.#up : this.#down).garbleNext();
  }

  cutInNext(direction: 'up' | 'down'): void {
    (direction === 'up' ? this.#up : this.#down).cutInNext();
  }

  /** The path is gone for ever. The sides named get a reset; the others speak into the void until they notice. */
  cut(told: readonly Side[]): void {
    this.#up.sever();
    this.#down.sever();
    for (const side of told) this.#sockets[side].resetAndDestroy();
  }

  destroy(): void {
    this.cut(['client', 'server']);
  }
}
