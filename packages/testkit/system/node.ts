import type { Authenticator, Broker, Bus, Clock, Logger, Store } from '@hongyan/core';
import { type CloseCode, DEFAULT_LIMITS, FrameReader, type Limits } from '@hongyan/protocol';
import { type Connection, inputClose } from '@hongyan/server/gateway';
import type { RunningLogic } from '@hongyan/server/logic';
import type { Conditions } from '../faults/conditions.ts';
import { type End, Link } from '../faults/link.ts';
import { type CrashPoint, FaultyStore } from '../faults/store.ts';
import type { Observation } from '../observation.ts';
import type { NodePlan } from '../plan/plan.ts';
import type { Streams } from '../random/streams.ts';
import { PausableClock } from '../time/pausable-clock.ts';
import { DeviceClock } from './device-clock.ts';
import { type NodeNetwork, type NodeProgram, startProgram } from './node-program.ts';

export interface NodeParts {
  plan: NodePlan;
  clock: Clock;
  streams: Streams;
  /** What survives crashes. */
  disk: Store;
  /** What connects the nodes; undefined where there is one. */
  network: NodeNetwork | undefined;
  authenticator: Authenticator;
  conditions: () => Conditions;
  logger: Logger;
  limits: Limits;
  observe: (observation: Observation) => void;
  /** What the process sees of its store, its bus, the broker and logic; a test puts a bug in between here. */
  wrapStore: (store: Store) => Store;
  wrapBus: (bus: Bus) => Bus;
  wrapBroker: (broker: Broker) => Broker;
  wrapLogic: (logic: RunningLogic) => RunningLogic;
  /** For each connection: changes what the process writes to it, whole frames. */
  wrapWrites: () => (frames: Uint8Array) => Uint8Array;
}

/** After this the broker knows that it hears nothing of a dead machine. */
const STALE_MS = 6_000;

/** One life of the process. */
interface Process {
  store: FaultyStore;
  program: NodeProgram;
  clock: PausableClock;
  life: { isAlive: boolean };
}

/** A crash that waits for the process to get to its point. */
export interface Trap {
  point: CrashPoint;
  /** Behind a dead machine nobody is told. */
  isUnsaid: boolean;
  /** Called when the disk has what the crash left on it. */
  crashed: () => void;
}

/** Whoever connects, by a name that also decides the connection's luck. */
export interface Visitor {
  name: string;
  end: End;
  /** How often anybody connected so far. */
  count: number;
}

/** The real gateway and logic in a process that can crash between any two events, losing all that was not committed. */
export class SimulatedNode {
  readonly #parts: NodeParts;
  readonly #links = new Map<Link, string>();
  #process: Process | undefined;
  #trap: Trap | undefined;
  #lives = 0;
  #isStopping = false;

  constructor(parts: NodeParts) {
    this.#parts = parts;
  }

  get name(): string {
    return this.#parts.plan.name;
  }

  get isGateway(): boolean {
    return this.#parts.plan.isGateway;
  }

  get isRunning(): boolean {
    return this.#process !== undefined;
  }

  /** Whether somebody who connects gets an answer, unless the process sleeps. */
  get isOpen(): boolean {
    return this.isGateway && this.isRunning && !this.#isStopping;
  }

  /** The connections somebody still believes in; of one visitor, or of all. */
  links(visitor?: string): readonly Link[] {
    for (const link of this.#links.keys()) if (!link.alive) this.#links.delete(link);
    return [...this.#links].filter(([, name]) => visitor === undefined || name === visitor).map(([link]) => link);
  }

  /** As REST does it; undefined while nobody here can. */
  get found(): NodeProgram['found'] {
    return this.#process?.program.found;
  }

  start(): void {
    if (this.#process !== undefined) return;
    const { plan, streams, disk, conditions, observe, wrapStore } = this.#parts;
    this.#lives += 1;
    this.#isStopping = false;
    const random = streams(`${plan.name} ${this.#lives}`);
    const life = { isAlive: true };
    const pausable = new PausableClock(this.#parts.clock);
    const clock = mortal(pausable, new DeviceClock(this.#parts.clock, { skewMs: plan.skewMs, driftMsPerS: 0 }), life);
    const store = new FaultyStore(disk, {
      clock: pausable,
      random: random.fork(),
      conditions: () => conditions().store,
      reached: (point) => this.#reached(point),
    });
    const nodeId = `${plan.name}-${this.#lives}`;
    const enter = (task: () => void) => pausable.enter(() => life.isAlive && task());
    const program = startProgram({ ...this.#parts, nodeId, clock, random, store: wrapStore(store), life, enter });
    this.#process = { store, program, clock: pausable, life };
    observe({ kind: 'server-started' });
  }

  /** Kills the process when it gets to the trap's point. */
  crashAt(trap: Trap): void {
    if (trap.point === 'at-once') void this.#crash(trap);
    else this.#trap = trap;
  }

  /** Stops as on SIGTERM: finishes what it took, writes what is written behind, and is gone. */
  async stop(): Promise<void> {
    const process = this.#process;
    if (process === undefined) return;
    this.#isStopping = true;
    await process.program.drain();
    if (this.#process !== process) return;
    process.life.isAlive = false;
    this.#process = undefined;
    process.program.leave();
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

  /** The database fails over: it is gone for so long, and what was under way is in doubt. */
  failOver(forMs: number): void {
    this.#process?.store.failOver(forMs);
  }

  /** Faults are over: nothing is left that waits to happen. */
  heal(): void {
    this.#trap = undefined;
    this.resume();
    this.start();
  }

  /** A connection from a visitor; undefined while the process is down or the network refuses. */
  accept({ name, end: client, count }: Visitor): Link | undefined {
    const process = this.#process;
    const { clock, streams, conditions } = this.#parts;
    const random = streams(`link ${name} ${count}`);
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
    const session = process.program.gateway?.accept(connection);
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
    if (isUnsaid) this.#parts.clock.schedule(STALE_MS, () => process.program.leave());
    else process.program.leave();
    this.#parts.observe({ kind: 'server-crashed' });
    await process.store.crash();
    crashed();
  }
}

/** A clock whose tasks die with the process. */
function mortal(timers: Clock, wall: Pick<Clock, 'now'>, life: { readonly isAlive: boolean }): Clock {
  return {
    now: () => wall.now(),
    schedule: (delayMs, task) => timers.schedule(delayMs, () => life.isAlive && task()),
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
