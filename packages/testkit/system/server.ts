import type { Authenticator, Bus, Clock, Logger, Store } from '@hongyan/core';
import { type CloseCode, DEFAULT_LIMITS, FrameReader, type Limits } from '@hongyan/protocol';
import { createInProcessBus } from '@hongyan/server/adapters/bus/inprocess/bus.ts';
import { type Connection, createGateway, type Gateway } from '@hongyan/server/gateway';
import { createLogic, type Logic } from '@hongyan/server/logic';
import { createFaultyBus } from '../faults/bus.ts';
import type { Conditions } from '../faults/conditions.ts';
import { type End, Link } from '../faults/link.ts';
import { FaultyStore } from '../faults/store.ts';
import type { Observation } from '../observation.ts';
import type { SeededRandom } from '../random/seeded-random.ts';

export interface ServerParts {
  clock: Clock;
  random: SeededRandom;
  /** What survives crashes. */
  disk: Store;
  conditions: () => Conditions;
  logger: Logger;
  limits: Limits;
  observe: (observation: Observation) => void;
  /** What the process sees of its store and bus; a test puts a bug in between here. */
  wrapStore: (store: Store) => Store;
  wrapBus: (bus: Bus) => Bus;
}

const DRAIN_MS_MAX = 5_000;

/** One life of the process. */
interface Process {
  store: FaultyStore;
  gateway: Gateway;
  logic: Logic;
  life: { isAlive: boolean };
}

/** The real gateway and logic in a process that can crash between any two events, losing all that was not committed. */
export class SimulatedServer {
  readonly #parts: ServerParts;
  readonly #links = new Set<Link>();
  #process: Process | undefined;

  constructor(parts: ServerParts) {
    this.#parts = parts;
  }

  get isRunning(): boolean {
    return this.#process !== undefined;
  }

  /** The connections somebody still believes in. */
  get links(): readonly Link[] {
    for (const link of this.#links) if (!link.alive) this.#links.delete(link);
    return [...this.#links];
  }

  start(): void {
    const { random, disk, conditions, limits, logger, observe, wrapBus, wrapStore } = this.#parts;
    const life = { isAlive: true };
    const clock = this.#processClock(life);
    const faultyStore = new FaultyStore(disk, {
      clock: this.#parts.clock,
      random,
      conditions: () => conditions().store,
    });
    const store = wrapStore(faultyStore);
    const bus = wrapBus(createFaultyBus(createInProcessBus(), { clock, random, conditions: () => conditions().bus }));
    const logic = createLogic({ store, bus, clock, logger, limits });
    const defer = (task: () => void) => void clock.schedule(0, task);
    const gateway = createGateway({ logic, bus, authenticator, clock, random, logger, limits, defer });
    this.#process = { store: faultyStore, gateway, logic, life };
    observe({ kind: 'server-started' });
  }

  /** Resolves when the disk has what the crash left on it. */
  async crash(): Promise<void> {
    const process = this.#process;
    if (process === undefined) return;
    this.#process = undefined;
    process.life.isAlive = false;
    // The kernel closes a dead process's sockets; behind a dead machine or router, nobody is told.
    for (const link of this.links) link.cut(this.#parts.random.chance(0.7) ? ['client'] : []);
    this.#parts.observe({ kind: 'server-crashed' });
    await process.store.crash();
  }

  /** Stops as on SIGTERM: finishes what it took, writes what is written behind, and is gone. */
  async stop(): Promise<void> {
    const process = this.#process;
    if (process === undefined) return;
    await process.gateway.drain(DRAIN_MS_MAX);
    await process.logic.drain();
    if (this.#process !== process) return;
    process.life.isAlive = false;
    this.#process = undefined;
    this.#parts.observe({ kind: 'server-stopped' });
  }

  /** A connection from a client; undefined while the process is down or the network refuses. */
  accept(client: End): Link | undefined {
    const process = this.#process;
    const { clock, random, conditions } = this.#parts;
    if (process === undefined || random.chance(conditions().network.refuseChance)) return undefined;
    const reader = new FrameReader(DEFAULT_LIMITS.frameBytesMax);
    const end: End = {
      receive: (bytes) => {
        if (process.life.isAlive) session?.receive(reader.push(bytes));
      },
      lost: () => {
        if (process.life.isAlive) session?.connectionLost();
      },
    };
    const link = new Link({ clock, random, conditions: () => conditions().network }, client, end);
    const connection = new LinkConnection(link, process.life);
    const session = process.gateway.accept(connection);
    this.#links.add(link);
    return link;
  }

  /** A clock whose tasks die with the process. */
  #processClock(life: { readonly isAlive: boolean }): Clock {
    const { clock } = this.#parts;
    return {
      now: () => clock.now(),
      schedule: (delayMs, task) => clock.schedule(delayMs, () => life.isAlive && task()),
    };
  }
}

/** What the gateway writes to. */
class LinkConnection implements Connection {
  readonly #link: Link;
  readonly #process: { readonly isAlive: boolean };

  constructor(link: Link, process: { readonly isAlive: boolean }) {
    this.#link = link;
    this.#process = process;
  }

  get bufferedBytes(): number {
    return this.#link.bufferedBytes('server');
  }

  write(frames: Uint8Array): void {
    if (this.#process.isAlive) this.#link.send('server', frames);
  }

  close(_code: CloseCode, _reason: string): void {
    if (this.#process.isAlive) this.#link.close('server');
  }
}

/** Tokens in a simulated run are what they say. */
const authenticator: Authenticator = {
  async authenticate(accessToken) {
    const [userId, deviceId] = accessToken.split(' ');
    return userId === undefined || deviceId === undefined ? undefined : { userId, deviceId };
  },
};
