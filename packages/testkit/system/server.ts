import type { Authenticator, Bus, Clock, Logger, Store } from '@hongyan/core';
import { type CloseCode, DEFAULT_LIMITS, decodeServerFrame, FrameReader, type Limits } from '@hongyan/protocol';
import { createInProcessBus } from '@hongyan/server/adapters/bus/inprocess/bus.ts';
import { type Connection, createGateway, type Gateway, inputClose } from '@hongyan/server/gateway';
import { createLogic, type RunningLogic } from '@hongyan/server/logic';
import { createFaultyBus } from '../faults/bus.ts';
import type { Conditions } from '../faults/conditions.ts';
import { type End, Link } from '../faults/link.ts';
import { type CrashPoint, FaultyStore } from '../faults/store.ts';
import type { Observation } from '../observation.ts';
import type { Streams } from '../random/streams.ts';
import { PausableClock } from '../time/pausable-clock.ts';

export interface ServerParts {
  clock: Clock;
  streams: Streams;
  /** What survives crashes. */
  disk: Store;
  authenticator: Authenticator;
  conditions: () => Conditions;
  logger: Logger;
  limits: Limits;
  observe: (observation: Observation) => void;
  /** What the process sees of its store and bus; a test puts a bug in between here. */
  wrapStore: (store: Store) => Store;
  wrapBus: (bus: Bus) => Bus;
  /** For each connection: changes what the process writes to it, whole frames. */
  wrapWrites: () => (frames: Uint8Array) => Uint8Array;
}

const DRAIN_MS_MAX = 5_000;

/** One life of the process. */
interface Process {
  store: FaultyStore;
  gateway: Gateway;
  logic: RunningLogic;
  clock: PausableClock;
  life: { isAlive: boolean };
}

/** A crash that waits for the process to get to its point. */
interface Trap {
  point: CrashPoint;
  isUnsaid: boolean;
  crashed: () => void;
}

/** Whoever connects, by a name that also decides the connection's luck. */
export interface Visitor {
  name: string;
  end: End;
}

/** The real gateway and logic in a process that can crash between any two events, losing all that was not committed. */
export class SimulatedServer {
  readonly #parts: ServerParts;
  readonly #links = new Map<Link, string>();
  #process: Process | undefined;
  #trap: Trap | undefined;
  #lives = 0;
  #accepted = 0;

  constructor(parts: ServerParts) {
    this.#parts = parts;
  }

  get isRunning(): boolean {
    return this.#process !== undefined;
  }

  /** The connections somebody still believes in; of one visitor, or of all. */
  links(visitor?: string): readonly Link[] {
    for (const link of this.#links.keys()) if (!link.alive) this.#links.delete(link);
    return [...this.#links].filter(([, name]) => visitor === undefined || name === visitor).map(([link]) => link);
  }

  start(): void {
    const { streams, disk, authenticator, conditions, limits, logger, observe, wrapBus, wrapStore } = this.#parts;
    this.#lives += 1;
    const random = streams(`server ${this.#lives}`);
    const life = { isAlive: true };
    const pausable = new PausableClock(this.#parts.clock);
    const clock = mortal(pausable, life);
    const faultyStore = new FaultyStore(disk, {
      clock: pausable,
      random: random.fork(),
      conditions: () => conditions().store,
      reached: (point) => this.#reached(point),
    });
    const store = wrapStore(faultyStore);
    const bus = wrapBus(
      createFaultyBus(watched(createInProcessBus(), observe), {
        clock,
        random: random.fork(),
        conditions: () => conditions().bus,
      }),
    );
    const logic = createLogic({ store, bus, clock, logger, limits });
    const defer = (task: () => void) => void clock.schedule(0, task);
    const gateway = createGateway({ logic, bus, authenticator, clock, random, logger, limits, defer });
    this.#process = { store: faultyStore, gateway, logic, clock: pausable, life };
    observe({ kind: 'server-started' });
  }

  /** Kills the process when it gets to `point`. `crashed` is called when the disk has what the crash left on it. */
  crashAt(trap: Trap): void {
    if (trap.point === 'at-once') void this.#crash(trap);
    else this.#trap = trap;
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
    // What the store had not finished by then ends with the process.
    await process.store.crash();
  }

  /** Nothing of the process runs until `resume`. */
  pause(): void {
    this.#process?.clock.pause();
  }

  resume(): void {
    this.#process?.clock.resume();
  }

  /** Faults are over: nothing is left that waits to happen. */
  heal(): void {
    this.#trap = undefined;
    this.resume();
    if (!this.isRunning) this.start();
  }

  /** A connection from a visitor; undefined while the process is down or the network refuses. */
  accept({ name, end: client }: Visitor): Link | undefined {
    const process = this.#process;
    const { clock, streams, conditions } = this.#parts;
    this.#accepted += 1;
    const random = streams(`link ${name} ${this.#accepted}`);
    if (process === undefined || random.chance(conditions().network.refuseChance)) return undefined;
    const reader = new FrameReader(DEFAULT_LIMITS.frameBytesMax);
    const enter = (task: () => void) => process.clock.enter(() => process.life.isAlive && task());
    const end: End = {
      receive: (bytes) =>
        enter(() => {
          if (session === undefined || session.closed) return;
          try {
            session.receive(reader.push(bytes));
          } catch (error) {
            const { code, reason } = inputClose(error);
            session.close(code, reason);
          }
        }),
      lost: () => enter(() => session?.connectionLost()),
    };
    const link = new Link({ clock, random, conditions: () => conditions().network }, client, end);
    const wrap = this.#parts.wrapWrites();
    const write = (written: Uint8Array) => {
      if (!process.life.isAlive) return;
      link.send('server', wrap(written));
      this.#reached('after-first-write');
    };
    const connection = new LinkConnection(link, process.life, write);
    const session = process.gateway.accept(connection);
    this.#links.set(link, name);
    return link;
  }

  #reached(point: CrashPoint): void {
    const trap = this.#trap;
    if (trap?.point !== point) return;
    this.#trap = undefined;
    void this.#crash(trap);
  }

  async #crash({ isUnsaid, crashed }: Trap): Promise<void> {
    const process = this.#process;
    if (process === undefined) return;
    this.#process = undefined;
    process.life.isAlive = false;
    // The kernel sends what a dead process had written and closes its sockets; behind a dead machine nobody is told.
    for (const link of this.links()) {
      if (isUnsaid) link.cut([]);
      else link.close('server');
    }
    this.#parts.observe({ kind: 'server-crashed' });
    await process.store.crash();
    crashed();
  }
}

/** A clock whose tasks die with the process. */
function mortal(clock: Clock, life: { readonly isAlive: boolean }): Clock {
  return {
    now: () => clock.now(),
    schedule: (delayMs, task) => clock.schedule(delayMs, () => life.isAlive && task()),
  };
}

/** Shows every push that gets through to those who listen. */
function watched(bus: Bus, observe: (observation: Observation) => void): Bus {
  return {
    publish(message) {
      const { userId, exceptSessionId } = message;
      const { frame } = decodeServerFrame(message.frame);
      if (frame?.case === 'push') observe({ kind: 'carried', userId, push: frame.value, exceptSessionId });
      bus.publish(message);
    },
    subscribe: (userId, receive) => bus.subscribe(userId, receive),
  };
}

/** What the gateway writes to. */
class LinkConnection implements Connection {
  readonly #link: Link;
  readonly #process: { readonly isAlive: boolean };
  readonly write: (frames: Uint8Array) => void;

  constructor(link: Link, process: { readonly isAlive: boolean }, write: (frames: Uint8Array) => void) {
    this.#link = link;
    this.#process = process;
    this.write = write;
  }

  get bufferedBytes(): number {
    return this.#link.bufferedBytes('server');
  }

  close(_code: CloseCode, _reason: string): void {
    if (this.#process.isAlive) this.#link.close('server');
  }
}
