import { Handshakes, Load, type NodeAnnouncement, returnToFullAfterMs } from '@hongyan/core';
import { HANDSHAKE_TIMEOUT_MS } from '@hongyan/protocol';
import { WorkQueue } from './work-queue.ts';
import type { World } from './world.ts';

/** Accepting, TLS and a Hello that is turned away, in whole handshakes. */
const REFUSAL_WORK = 0.2;
/** From connecting to the answer to Hello, over TLS, when nothing has to wait. */
const ROUND_TRIPS_MS = 150;

/** What becomes of one attempt to connect, known to the client after so long. */
export type Attempt =
  | { kind: 'admitted'; afterMs: number }
  | { kind: 'refused'; retryAfterMs: number; afterMs: number }
  | { kind: 'unanswered'; afterMs: number };

/** One gateway: the server's own admission and load levels, and work that takes time. */
export class Gateway {
  readonly nodeId: string;
  readonly site: string;
  readonly #world: World;
  readonly #random: () => number;
  readonly #handshakes: Handshakes;
  readonly #load = new Load();
  readonly work: WorkQueue;
  #connections: number;
  #admitted = 0;
  #isDown = false;

  constructor(nodeId: string, site: string, connections: number, world: World, random: () => number) {
    this.nodeId = nodeId;
    this.site = site;
    this.#connections = connections;
    this.#world = world;
    this.#random = random;
    this.#handshakes = new Handshakes({ perSecond: world.handshakesPerSecond, burst: world.handshakesBurst }, 0);
    this.work = new WorkQueue(world.gatewayWorkPerSecond);
  }

  get connections(): number {
    return this.#connections;
  }

  get isDown(): boolean {
    return this.#isDown;
  }

  /** Sessions that were begun so far. */
  get admitted(): number {
    return this.#admitted;
  }

  announcement(): NodeAnnouncement {
    return {
      nodeId: this.nodeId,
      site: this.site,
      connections: this.#connections,
      connectionsMax: this.#world.connectionsMax,
      handshakesPerSecond: this.#world.handshakesPerSecond,
      loadLevel: this.#load.level,
      isDraining: false,
    };
  }

  /** To be called at even intervals. */
  observe(nowMs: number): void {
    this.#load.observe({ unansweredCommands: 0, oldestSendMs: 0, eventLoopDelayMs: this.work.waitMs(nowMs) }, nowMs);
  }

  attempt(nowMs: number): Attempt {
    if (this.#isDown) return { kind: 'unanswered', afterMs: ROUND_TRIPS_MS };
    const waitMs = this.work.waitMs(nowMs);
    const afterMs = ROUND_TRIPS_MS + waitMs;
    if (waitMs >= HANDSHAKE_TIMEOUT_MS) {
      this.work.add(REFUSAL_WORK, nowMs);
      return { kind: 'unanswered', afterMs: HANDSHAKE_TIMEOUT_MS };
    }
    const retryAfterMs = this.#refusal(nowMs);
    this.work.add(retryAfterMs === undefined ? 1 : REFUSAL_WORK, nowMs);
    if (retryAfterMs !== undefined) return { kind: 'refused', retryAfterMs, afterMs };
    this.#connections += 1;
    this.#admitted += 1;
    return { kind: 'admitted', afterMs };
  }

  /** All connections are gone, and it does not come back. */
  fall(): void {
    this.#isDown = true;
    this.#connections = 0;
  }

  /** When to come back; undefined: admitted (LOD-1, LOD-2, LOD-5). */
  #refusal(nowMs: number): number | undefined {
    if (this.#connections >= this.#world.connectionsMax) return returnToFullAfterMs(this.#random());
    const verdict = this.#load.sheds('handshake')
      ? this.#handshakes.refuse(nowMs, this.#random)
      : this.#handshakes.ask('whole', nowMs, this.#random);
    return verdict.admitted ? undefined : verdict.retryAfterMs;
  }
}
