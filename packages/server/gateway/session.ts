import type { Authenticator, Clock, Identity, Logger } from '@hongyan/core';
import {
  CloseCode,
  type Command,
  decodeCommand,
  ErrorCode,
  encodePush,
  encodeReply,
  Feature,
  type Hello,
  type Limits,
  NO_HOLDINGS,
  type Ping,
  ProtocolError,
} from '@hongyan/protocol';
import type { Caller, Logic } from '../logic/index.ts';
import type { Admission } from './admission.ts';
import type { LiveSession } from './commands.ts';
import type { Comparisons } from './comparisons.ts';
import type { Connection } from './connection.ts';
import type { LoadShedding } from './load-shedding.ts';
import type { Presence } from './presence/presence.ts';
import type { SendBudget } from './send-budget.ts';
import { SendQueue, type SendQueueHost } from './send-queue.ts';
import { Entrance } from './session-entrance.ts';
import { enterSession, type Refusal, welcome } from './session-handshake.ts';
import { Heartbeat } from './session-heartbeat.ts';
import { CommandIntake, type IntakeHost } from './session-intake.ts';
import type { SessionRegistry } from './session-registry.ts';
import type { PushSink, SessionStream } from './session-stream.ts';
import { SessionSync } from './session-sync.ts';
import type { WriteBatcher } from './write-batcher.ts';

export interface SessionParts {
  logic: Logic;
  authenticator: Authenticator;
  clock: Clock;
  logger: Logger;
  limits: Limits;
  batcher: WriteBatcher;
  budget: SendBudget;
  admission: Admission;
  load: LoadShedding;
  registry: SessionRegistry;
  comparisons: Comparisons;
  presence: Presence;
  /** Called once, when Hello has come. */
  onHello: (session: Session) => void;
  /** Called once, when the connection has ended. */
  onEnd: (session: Session) => void;
}

type State =
  | { name: 'awaiting-hello' }
  /** Hello was taken, its token is being checked. */
  | { name: 'preparing' }
  | { name: 'live'; live: LiveSession }
  | { name: 'draining'; live: LiveSession }
  | { name: 'closed' };

/** Whoever comes back from being one session too many makes another one so: seldom enough to do no harm. */
const CROWDED_OUT_RETRY_AFTER_MS = 60_000;
const FAILED_RETRY_AFTER_MS = 1_000;

const AWAITING_HELLO: State = { name: 'awaiting-hello' };
const PREPARING: State = { name: 'preparing' };
const CLOSED: State = { name: 'closed' };

/** One connection's part in a session, whatever its transport. What outlives the connection is the session's stream. */
export class Session implements IntakeHost, PushSink, SendQueueHost {
  readonly #parts: SessionParts;
  readonly #connection: Connection;
  readonly #queue: SendQueue;
  readonly #intake: CommandIntake;
  readonly #heartbeat: Heartbeat;
  readonly #openedMs: number;
  #state: State = AWAITING_HELLO;

  constructor(parts: SessionParts, connection: Connection) {
    this.#parts = parts;
    this.#connection = connection;
    this.#intake = new CommandIntake(parts, this);
    this.#queue = new SendQueue(connection, parts, this);
    this.#openedMs = parts.clock.now();
    this.#heartbeat = new Heartbeat(parts.limits, this.#openedMs);
  }

  get identity(): Identity | undefined {
    return this.live?.caller;
  }

  get live(): LiveSession | undefined {
    return this.#state.name === 'live' || this.#state.name === 'draining' ? this.#state.live : undefined;
  }

  get awaitsHello(): boolean {
    return this.#state.name === 'awaiting-hello' || this.#state.name === 'preparing';
  }

  get closed(): boolean {
    return this.#state.name === 'closed';
  }

  get openedMs(): number {
    return this.#openedMs;
  }

  get heardMs(): number {
    return this.#heartbeat.heardMs;
  }

  /** How long the client may be silent. */
  get silenceMs(): number {
    return this.#heartbeat.silenceMs;
  }

  /** Takes whole frames in their order, `framesMax` of them, and answers how many. Throws only what iterating over `frames` throws. */
  receive(frames: Iterable<Uint8Array>, framesMax = Number.POSITIVE_INFINITY): number {
    const now = this.#parts.clock.now();
    this.#heartbeat.heard(now);
    this.live?.stream.heard(now);
    let count = 0;
    for (const frame of frames) {
      if (this.#state.name === 'closed') break;
      count += 1;
      if (count > framesMax) this.close(CloseCode.RATE_EXCEEDED, `more than ${framesMax} frames at once`);
      else this.#receiveFrame(frame);
    }
    return count;
  }

  /** The transport is gone; the session waits for another (SES-11). */
  connectionLost(): void {
    this.#end((stream) => this.#parts.registry.detach(stream));
    this.#queue.release();
  }

  /** Says why, and ends the connection (FRM-6). Only a client that was not heard may come back to its session. */
  close(code: CloseCode, reason: string, retryAfterMs = 0): void {
    if (this.#state.name === 'closed') return;
    const { registry } = this.#parts;
    this.#end((stream) => (code === CloseCode.HEARTBEAT_TIMEOUT ? registry.detach(stream) : registry.end(stream)));
    if (code === CloseCode.SLOW_READER) this.#queue.clear();
    this.#queue.push(encodePush({ case: 'closing', value: { code, reason, retryAfterMs } }));
    this.#queue.flush();
    this.#queue.release();
    this.#connection.close(code, reason);
  }

  /** Answers the commands whose deadline has passed (LOD-4). */
  expireCommands(nowMs: number): void {
    this.#intake.expire(nowMs);
  }

  /** Answers what was taken, refuses what comes now, then closes with GOING_AWAY (SES-10). */
  drain(): void {
    if (this.#state.name === 'live') {
      this.#state = { name: 'draining', live: this.#state.live };
      this.#state.live.sync.stop();
      this.answered();
    } else if (this.#state.name !== 'draining') {
      this.close(CloseCode.GOING_AWAY, 'the server is stopping');
    }
  }

  send(frame: Uint8Array): void {
    if (this.#state.name !== 'closed') this.#queue.push(frame);
  }

  superseded(): void {
    this.close(CloseCode.GOING_AWAY, 'the session goes on elsewhere');
  }

  crowdedOut(): void {
    this.close(CloseCode.OVERLOADED, 'this device has too many sessions', CROWDED_OUT_RETRY_AFTER_MS);
  }

  readsTooSlowly(): void {
    this.close(CloseCode.SLOW_READER, 'reads too slowly');
  }

  writeFailed(error: unknown): void {
    this.#parts.logger.error({ error, userId: this.identity?.userId }, 'frames could not be written');
    this.close(CloseCode.UNAVAILABLE, 'the server failed', FAILED_RETRY_AFTER_MS);
  }

  answered(): void {
    if (this.#state.name === 'draining' && this.#intake.allAnswered) {
      this.close(CloseCode.GOING_AWAY, 'the server is stopping');
    }
  }

  tooManyWrong(): void {
    this.close(CloseCode.RATE_EXCEEDED, 'too many wrong commands');
  }

  #receiveFrame(frame: Uint8Array): void {
    let command: Command;
    try {
      command = decodeCommand(frame);
    } catch {
      this.close(CloseCode.MALFORMED, 'not a command of this schema');
      return;
    }
    switch (this.#state.name) {
      case 'awaiting-hello':
        if (command.body?.case === 'hello') void this.#hello(command.id, command.body.value);
        else this.close(CloseCode.OUT_OF_TURN, 'the first command must be Hello');
        return;
      case 'preparing':
      case 'live':
        this.#intake.take(command, this.heardMs);
        return;
      case 'draining':
        this.#intake.refuse(command, new ProtocolError(ErrorCode.UNAVAILABLE, 'the server is stopping'));
        return;
      case 'closed':
        return;
    }
  }

  async #hello(id: number, hello: Hello): Promise<void> {
    this.#parts.onHello(this);
    const entrance = new Entrance(this.#parts, hello);
    const refusal = entrance.refusal();
    if (refusal !== undefined) {
      this.#turnAway(refusal);
      return;
    }
    this.#state = PREPARING;
    const found = await entrance.identify();
    if (this.#state.name !== 'preparing') return;
    if (found.kind === 'refused') this.#turnAway(found.refusal);
    else await this.#enter(id, hello, found.identity);
  }

  #turnAway({ code, reason, retryAfterMs }: Refusal): void {
    this.close(code, reason, retryAfterMs);
  }

  async #enter(id: number, hello: Hello, identity: Identity): Promise<void> {
    const { clock, limits, registry, comparisons } = this.#parts;
    const entered = enterSession(registry, hello, identity, this);
    const { stream } = entered;
    const sync = new SessionSync(this.#parts, stream);
    const { caller } = stream;
    const differs = (ping: Ping) => comparisons.differs(stream, ping);
    const presence = hello.features.includes(Feature.PRESENCE) ? this.#parts.presence : undefined;
    this.#state = { name: 'live', live: { caller, heartbeat: this.#heartbeat, stream, sync, presence, differs } };
    this.send(encodeReply(id, welcome(hello, entered, { limits, serverTimeMs: clock.now() })));
    if (entered.kind === 'resumed') this.#resume(stream, entered.pushesReceived, hello);
    this.#intake.runWaiting();
    if (entered.kind === 'new') await this.#bringUpToDate(caller, sync, hello);
  }

  #resume(stream: SessionStream, pushesReceived: number, hello: Hello): void {
    const { clock, logic } = this.#parts;
    stream.resume(this, pushesReceived, clock.now());
    if (hello.holdings !== undefined) logic.restate(stream.caller, hello.holdings.positions);
  }

  async #bringUpToDate({ userId }: Caller, sync: SessionSync, hello: Hello): Promise<void> {
    try {
      await sync.run(hello.holdings ?? NO_HOLDINGS);
    } catch (error) {
      if (this.#state.name !== 'live') return;
      this.#parts.logger.warn({ error, userId }, 'a session could not be brought up to date');
      this.close(CloseCode.UNAVAILABLE, 'the backlog could not be read', 1_000);
    }
  }

  /** `leave` decides what becomes of the session, unless it goes on over another connection. */
  #end(leave: (stream: SessionStream) => void): void {
    const { live } = this;
    if (this.#state.name === 'closed') return;
    this.#state = CLOSED;
    this.#intake.clear();
    live?.sync.stop();
    if (live?.stream.isAttachedTo(this)) leave(live.stream);
    this.#parts.onEnd(this);
  }
}
