import type { Cluster } from './cluster.ts';
import type { World } from './world.ts';

/** However small its share of a rate is, an allocator may give out so many at once. */
const SMALL_SHARE_BURST = 2;

export interface Excess {
  atMs: number;
  /** What was too much, in words. */
  message: string;
}

/** Looks once a second whether anything had more than it takes. Sees only what can be seen from outside. */
export class Limits {
  readonly #world: World;
  readonly #cluster: Cluster;
  readonly #sent: Uint32Array;
  readonly #admittedBefore: Uint32Array;
  readonly excesses: Excess[] = [];
  #sentMax = 0;
  #connectionsMax = 0;

  constructor(world: World, cluster: Cluster) {
    this.#world = world;
    this.#cluster = cluster;
    this.#sent = new Uint32Array(cluster.gateways.length);
    this.#admittedBefore = new Uint32Array(cluster.gateways.length);
  }

  /** The most that allocators sent to one gateway in a second, 1 being the rate it takes. */
  get sentMaxOfRate(): number {
    return this.#sentMax / this.#world.handshakesPerSecond;
  }

  /** The most that one gateway held, 1 being full. */
  get connectionsMaxOfRoom(): number {
    return this.#connectionsMax / this.#world.connectionsMax;
  }

  sent(gateway: number): void {
    this.#sent[gateway] = (this.#sent[gateway] ?? 0) + 1;
  }

  fell(what: string, atMs: number): void {
    this.excesses.push({ atMs, message: `${what} fell: it had more to do than it can for too long` });
  }

  /** To be called every second. */
  look(atMs: number): void {
    const { connectionsMax, handshakesBurst, handshakesPerSecond } = this.#world;
    const { desks, gateways } = this.#cluster;
    const sentMax = Math.max(handshakesPerSecond, 0.9 * handshakesPerSecond + SMALL_SHARE_BURST * desks.length);
    for (const [index, { nodeId, connections, admitted }] of gateways.entries()) {
      const begun = admitted - (this.#admittedBefore[index] ?? 0);
      const sent = this.#sent[index] ?? 0;
      this.#bounded(connections, connectionsMax, `connections of ${nodeId}`, atMs);
      this.#bounded(begun, handshakesPerSecond + handshakesBurst + 1, `sessions begun in a second by ${nodeId}`, atMs);
      this.#bounded(sent, Math.ceil(sentMax), `people sent in a second to ${nodeId}`, atMs);
      this.#connectionsMax = Math.max(this.#connectionsMax, connections);
      this.#sentMax = Math.max(this.#sentMax, sent);
      this.#admittedBefore[index] = admitted;
      this.#sent[index] = 0;
    }
  }

  #bounded(value: number, max: number, what: string, atMs: number): void {
    if (value > max) this.excesses.push({ atMs, message: `${value} ${what}, at most ${max}` });
  }
}
