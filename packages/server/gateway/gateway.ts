import type { Authenticator, Bus, Clock, Logger, Random, Rate } from '@hongyan/core';
import {
  CloseCode,
  DEFAULT_LIMITS,
  type DeviceId,
  encodePush,
  HANDSHAKE_TIMEOUT_MS,
  ID_LENGTH,
  idFromBytes,
  type Limits,
} from '@hongyan/protocol';
import type { Logic } from '../logic/index.ts';
import { Admission } from './admission.ts';
import { Comparisons } from './comparisons.ts';
import type { Connection } from './connection.ts';
import { LoadShedding } from './load-shedding.ts';
import { Lobby } from './lobby.ts';
import { Polling } from './polling.ts';
import type { PresenceChannel } from './presence/channel.ts';
import { Presence } from './presence/presence.ts';
import { SendBudget } from './send-budget.ts';
import { Session, type SessionParts } from './session.ts';
import { SessionRegistry } from './session-registry.ts';
import { SignOutWatch } from './sign-out-watch.ts';
import { WriteBatcher } from './write-batcher.ts';

/** How often silent and unfinished connections are looked for. */
const SWEEP_INTERVAL_MS = 2_000;
/** How often the load and what waits to be sent are measured. */
const SAMPLE_INTERVAL_MS = 500;
const HANDSHAKE_RETRY_AFTER_MS = 1_000;
const DRAIN_STEP_MS = 50;
/** What devices state is written behind, up to half a second; a comparison before that finds nothing missing where it will be. */
const COMPARISON_DELAY_MS = 1_000;
/** Even one device waits a moment: what is lost may be a sign that there is trouble. A thousand devices a second compare. */
const COMPARISON_WITHIN_MIN_MS = 1_000;

export interface GatewayParts {
  logic: Logic;
  bus: Bus;
  authenticator: Authenticator;
  clock: Clock;
  random: Random;
  logger: Logger;
  limits?: Limits;
  /** Left out: the event loop is taken to be on time. */
  load?: LoadShedding | undefined;
  /** Connections this node holds at most; more are told OVERLOADED. */
  connectionsMax?: number | undefined;
  /** Handshakes it carries out; more are told OVERLOADED. undefined: no limit. */
  handshakeRate?: Rate | undefined;
  /** Asked about every device with a session, time and again: which of these are signed out. Rejects while nobody knows. */
  signedOut?: ((deviceIds: readonly DeviceId[]) => Promise<readonly DeviceId[]>) | undefined;
  /** To the other gateways; left out where there is none. */
  presenceChannel?: PresenceChannel | undefined;
  /** Runs a task once the present turn's work is done; in Node, setImmediate. */
  defer: (task: () => void) => void;
}

/** What a gateway is to what listens for connections. */
export interface Door {
  /** A session for a new connection; undefined when nobody is admitted now. */
  accept(connection: Connection): Session | undefined;
  frameBytesMax: number;
  /** Runs the task when no more connections are taken. */
  onDraining(task: () => void): void;
  /** Runs the task when the last connection is closed. */
  onDrained(task: () => void): void;
}

/** Holds connections and gives each a session; knows no storage. */
export class Gateway {
  readonly #sessions = new Set<Session>();
  readonly #lobby = new Lobby();
  readonly #budget = new SendBudget();
  readonly #parts: GatewayParts;
  readonly #sessionParts: SessionParts;
  readonly #registry: SessionRegistry;
  readonly #comparisons: Comparisons;
  readonly #presence: Presence;
  readonly #limits: Limits;
  readonly #admission: Admission;
  readonly #load: LoadShedding;
  readonly #onDraining: (() => void)[] = [];
  readonly #onDrained: (() => void)[] = [];
  #cancelSweep: () => void;
  #cancelSample: () => void;
  readonly #signOutWatch: SignOutWatch | undefined;
  #draining: (() => void) | undefined;

  constructor(parts: GatewayParts) {
    this.#parts = parts;
    this.#limits = parts.limits ?? DEFAULT_LIMITS;
    const { clock, random, connectionsMax = Number.POSITIVE_INFINITY, handshakeRate } = parts;
    this.#load = parts.load ?? new LoadShedding({ random, eventLoopDelay: { takeMs: () => 0 } });
    this.#admission = new Admission({ clock, random, load: this.#load, connectionsMax, handshakeRate });
    this.#registry = new SessionRegistry({
      ...parts,
      newSessionId: () => idFromBytes('n', parts.random.bytes(ID_LENGTH)),
      observer: { arrived: (stream) => this.#presence.arrived(stream), left: (stream) => this.#presence.left(stream) },
    });
    this.#presence = new Presence({
      ...parts,
      load: this.#load,
      limits: this.#limits,
      channel: parts.presenceChannel,
      sessionsOf: (userId) => this.#registry.of(userId),
    });
    this.#comparisons = new Comparisons({ logic: parts.logic, load: this.#load });
    this.#sessionParts = {
      ...parts,
      load: this.#load,
      admission: this.#admission,
      limits: this.#limits,
      batcher: new WriteBatcher(parts.defer),
      budget: this.#budget,
      registry: this.#registry,
      comparisons: this.#comparisons,
      presence: this.#presence,
      onHello: (session) => this.#lobby.leave(session),
      onEnd: (session) => this.#forget(session),
    };
    this.#signOutWatch = parts.signedOut && this.#watchSignOuts(parts.signedOut);
    this.#cancelSweep = parts.clock.schedule(SWEEP_INTERVAL_MS, () => this.#sweep());
    this.#cancelSample = parts.clock.schedule(SAMPLE_INTERVAL_MS, () => this.#sample());
  }

  get connectionCount(): number {
    return this.#sessions.size;
  }

  get admission(): Admission {
    return this.#admission;
  }

  /** What was written to connections and the network has not taken. */
  get lagBytes(): number {
    return this.#budget.bytes;
  }

  /** A session for a connection of any transport; undefined (and the connection closed) when nobody is admitted now. */
  accept(connection: Connection): Session | undefined {
    const session = new Session(this.#sessionParts, connection);
    this.#sessions.add(session);
    this.#lobby.enter(session);
    if (this.#admission.isFull(this.#sessions.size)) this.#makeRoom();
    const retryAfterMs = this.#admission.connect(this.#sessions.size);
    if (this.#draining !== undefined) session.close(CloseCode.GOING_AWAY, 'the server is stopping');
    else if (retryAfterMs !== undefined) session.close(CloseCode.OVERLOADED, 'this node is full', retryAfterMs);
    else return session;
    return undefined;
  }

  /** Where what listens for connections brings them. */
  get door(): Door {
    return {
      accept: (connection) => this.accept(connection),
      frameBytesMax: this.#limits.frameBytesMax,
      onDraining: (task) => void this.#onDraining.push(task),
      onDrained: (task) => void this.#onDrained.push(task),
    };
  }

  /** Sessions over plain HTTP requests, which whoever serves HTTP hands on. */
  createPolling(): Polling {
    const { clock, random } = this.#parts;
    return new Polling({ ...this.door, clock, random });
  }

  get presence(): Presence {
    return this.#presence;
  }

  /** Ends the sessions of a device that was signed out. `isReplaced`: a newer one took its place. */
  revoke(deviceId: DeviceId, isReplaced = false): void {
    this.#registry.revoke(deviceId);
    for (const session of this.#sessions) {
      if (session.identity?.deviceId !== deviceId) continue;
      if (isReplaced) session.close(CloseCode.SESSION_REPLACED, 'a newer device took its place');
      else session.close(CloseCode.SESSION_REVOKED, 'this device was signed out');
    }
  }

  /**
   * Something of these sessions, or of all, may have been lost between the nodes: their devices compare what they hold, so many
   * of them in a second as a node bears (SES-17).
   */
  askToCompare(sessionIds?: ReadonlySet<string>): void {
    this.#parts.clock.schedule(COMPARISON_DELAY_MS, () => this.#askNow(sessionIds));
  }

  /**
   * Takes no more connections, lets accepted commands finish, closes everything; what is left at the deadline is cut. With
   * `spreadMs` sessions are closed one after another within that time, so that other gateways can take them as they come.
   */
  async drain(deadlineMs: number, spreadMs = 0): Promise<void> {
    this.#cancelSweep();
    this.#cancelSample();
    this.#signOutWatch?.close();
    for (const stop of this.#onDraining) stop();
    this.#presence.close(this.#registry.userIds());
    this.#registry.close();
    const drained = new Promise<void>((resolve) => {
      this.#draining = resolve;
    });
    this.#drainSome([...this.#sessions], spreadMs);
    if (this.#sessions.size > 0) {
      const cancel = this.#parts.clock.schedule(deadlineMs, () => this.#cutAll());
      await drained;
      cancel();
    }
    for (const close of this.#onDrained) close();
  }

  #askNow(sessionIds: ReadonlySet<string> | undefined): void {
    const count = sessionIds?.size ?? this.#registry.sessionCount;
    const withinMs = COMPARISON_WITHIN_MIN_MS + count;
    this.#registry.askToCompare(encodePush({ case: 'comparisonWanted', value: { withinMs } }), sessionIds);
  }

  #drainSome(sessions: Session[], spreadMs: number): void {
    const count = Math.ceil((sessions.length * DRAIN_STEP_MS) / Math.max(DRAIN_STEP_MS, spreadMs));
    for (const session of sessions.splice(0, count)) session.drain();
    if (sessions.length === 0) return;
    this.#parts.clock.schedule(DRAIN_STEP_MS, () => this.#drainSome(sessions, spreadMs - DRAIN_STEP_MS));
  }

  #watchSignOuts(signedOut: NonNullable<GatewayParts['signedOut']>): SignOutWatch {
    const { clock, logger } = this.#parts;
    const devices = () => this.#registry.deviceIds();
    return new SignOutWatch({ clock, logger, devices, signedOut, revoke: (deviceId) => this.revoke(deviceId) });
  }

  /** A full node takes a place from whoever has said nothing with it (LOD-7). */
  #makeRoom(): void {
    const silent = this.#lobby.overstaying(this.#parts.clock.now());
    silent?.close(CloseCode.HANDSHAKE_TIMEOUT, 'Hello did not come, and others wait', HANDSHAKE_RETRY_AFTER_MS);
  }

  #cutAll(): void {
    for (const session of this.#sessions) session.close(CloseCode.GOING_AWAY, 'the server is stopping');
  }

  #forget(session: Session): void {
    this.#sessions.delete(session);
    this.#lobby.leave(session);
    if (this.#sessions.size === 0) this.#draining?.();
  }

  #sweep(): void {
    const now = this.#parts.clock.now();
    for (const session of this.#sessions) {
      if (session.awaitsHello) {
        if (session.openedMs < now - HANDSHAKE_TIMEOUT_MS) {
          session.close(CloseCode.HANDSHAKE_TIMEOUT, 'Hello did not come', HANDSHAKE_RETRY_AFTER_MS);
        }
      } else if (session.heardMs < now - session.silenceMs) {
        session.close(CloseCode.HEARTBEAT_TIMEOUT, 'nothing was heard for too long');
      }
      session.expireCommands(now);
    }
    this.#presence.review();
    this.#cancelSweep = this.#parts.clock.schedule(SWEEP_INTERVAL_MS, () => this.#sweep());
  }

  #sample(): void {
    const { clock } = this.#parts;
    this.#load.sample(clock.now());
    this.#budget.review();
    const missed = this.#comparisons.takeMissed(clock.now());
    if (missed.size > 0) this.#askNow(missed);
    this.#cancelSample = clock.schedule(SAMPLE_INTERVAL_MS, () => this.#sample());
  }
}
