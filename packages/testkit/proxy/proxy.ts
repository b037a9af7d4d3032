import { once } from 'node:events';
import { createConnection, createServer, type Server, type Socket } from 'node:net';
import type { SeededRandom } from '../random/seeded-random.ts';
import { type LineConditions, perfectLine } from './conditions.ts';
import { ProxiedConnection, type Side } from './connection.ts';
import { retransmissionMs } from './shaper.ts';

export interface ProxyTarget {
  host: string;
  port: number;
}

/** Connections at once; more are reset. */
const CONNECTIONS_MAX = 1024;
/** TCP repeats a lost SYN after a second, then after two, four, … */
const SYN_RTO_MS = 1_000;

/** A TCP line to a target, as bad as it is told to be. Listens on 127.0.0.1, on a port of its own. */
export class FaultyProxy {
  readonly bytes = { up: 0, down: 0 };
  readonly #target: ProxyTarget;
  readonly #random: SeededRandom;
  readonly #listener: Server;
  readonly #connections = new Set<ProxiedConnection>();
  /** Accepted while the line was silent, and the timer that will connect them. */
  readonly #dialling = new Map<Socket, { sinceMs: number; timer: NodeJS.Timeout | undefined }>();
  #conditions = perfectLine;

  private constructor(target: ProxyTarget, random: SeededRandom) {
    this.#target = target;
    this.#random = random;
    this.#listener = createServer({ allowHalfOpen: true, noDelay: true }, (client) => this.#accept(client));
  }

  static async to(target: ProxyTarget, random: SeededRandom): Promise<FaultyProxy> {
    const proxy = new FaultyProxy(target, random);
    proxy.#listener.listen(0, '127.0.0.1');
    await once(proxy.#listener, 'listening');
    return proxy;
  }

  get port(): number {
    const address = this.#listener.address();
    if (address === null || typeof address === 'string') throw new Error('the proxy does not listen');
    return address.port;
  }

  /** Those of which both sides may still believe something. */
  get connectionCount(): number {
    return this.#connections.size;
  }

  get conditions(): LineConditions {
    return this.#conditions;
  }

  /** From now on; what is on its way already arrives as it was due, unless the line falls silent. */
  set conditions(conditions: LineConditions) {
    const wasSilent = this.#conditions.reach === 'silent';
    this.#conditions = conditions;
    if (conditions.reach === 'silent') {
      for (const connection of this.#connections) connection.hold();
      for (const dial of this.#dialling.values()) clearTimeout(dial.timer);
    } else if (wasSilent) {
      for (const connection of this.#connections) connection.release();
      for (const client of this.#dialling.keys()) this.#dialWhenHeard(client);
    }
  }

  /** All connections end here and now. The sides named get a reset, the others are not told. */
  cut(told: readonly Side[] = ['client', 'server']): void {
    for (const connection of this.#connections) connection.cut(told);
  }

  /** Every connection ends in the middle of the next bytes that go in this direction. */
  cutInNext(direction: 'up' | 'down'): void {
    for (const connection of this.#connections) connection.cutInNext(direction);
  }

  /** On every connection one bit of the next bytes in this direction is flipped. */
  garbleNext(direction: 'up' | 'down'): void {
    for (const connection of this.#connections) connection.garbleNext(direction);
  }

  async close(): Promise<void> {
    const closed = once(this.#listener, 'close');
    this.#listener.close();
    for (const client of this.#dialling.keys()) client.destroy();
    for (const connection of this.#connections) connection.destroy();
    await closed;
  }

  #accept(client: Socket): void {
    client.on('error', () => {});
    const isFull = this.#connections.size + this.#dialling.size >= CONNECTIONS_MAX;
    if (isFull || this.#conditions.reach === 'refusing') {
      client.resetAndDestroy();
      return;
    }
    if (this.#conditions.reach === 'open') {
      this.#dial(client);
      return;
    }
    this.#dialling.set(client, { sinceMs: performance.now(), timer: undefined });
    client.on('close', () => {
      clearTimeout(this.#dialling.get(client)?.timer);
      this.#dialling.delete(client);
    });
  }

  #dialWhenHeard(client: Socket): void {
    const dialling = this.#dialling.get(client);
    if (dialling === undefined) return;
    const nowMs = performance.now();
    const delayMs = retransmissionMs(dialling.sinceMs, nowMs, SYN_RTO_MS) - nowMs;
    dialling.timer = setTimeout(() => {
      this.#dialling.delete(client);
      this.#dial(client);
    }, delayMs);
  }

  #dial(client: Socket): void {
    const server = createConnection({ ...this.#target, noDelay: true, allowHalfOpen: true });
    server.on('error', () => {});
    const connection = new ProxiedConnection({
      client,
      server,
      random: this.#random.fork(),
      up: () => this.#conditions.up,
      down: () => this.#conditions.down,
      onBytes: (direction, count) => {
        this.bytes[direction] += count;
      },
      onClosed: () => this.#connections.delete(connection),
    });
    this.#connections.add(connection);
  }
}
