import type { Authenticator, Bus, BusMessage, Clock, Identity, Logger } from '@hongyan/core';
import {
  CloseCode,
  type Command,
  decodeCommand,
  ErrorCode,
  encodeServerFrame,
  Feature,
  type Hello,
  type Limits,
  PROTOCOL_VERSION,
  ProtocolError,
  type Push,
  type Reply,
} from '@hongyan/protocol';
import type { Caller, Logic } from '../logic/index.ts';
import { type CommandBody, runCommand } from './commands.ts';
import type { Connection } from './connection.ts';
import { refusal } from './refusal.ts';
import { SendQueue } from './send-queue.ts';
import type { WriteBatcher } from './write-batcher.ts';

export interface SessionParts {
  logic: Logic;
  bus: Bus;
  authenticator: Authenticator;
  clock: Clock;
  logger: Logger;
  limits: Limits;
  batcher: WriteBatcher;
  newSessionId: () => string;
  /** Called once, when the session has ended. */
  onEnd: (session: Session) => void;
}

/** Wrong commands a session may send before it is taken for broken. */
const WRONG_COMMANDS_MAX = 100;

type State =
  | { name: 'awaiting-hello' }
  /** Hello was taken, its token is being checked. */
  | { name: 'preparing' }
  | { name: 'live'; caller: Caller; unsubscribe: () => void }
  | { name: 'draining'; caller: Caller; unsubscribe: () => void }
  | { name: 'closed' };

interface Pending {
  id: number;
  body: CommandBody;
}

const AWAITING_HELLO: State = { name: 'awaiting-hello' };
const PREPARING: State = { name: 'preparing' };
const CLOSED: State = { name: 'closed' };

/** One connection's life on the server, whatever its transport. */
export class Session {
  readonly #parts: SessionParts;
  readonly #connection: Connection;
  readonly #queue: SendQueue;
  #state: State = AWAITING_HELLO;
  /** Commands whose turn has not come because an earlier one waits for its conversation to be loaded. */
  #waiting: Pending[] | undefined;
  #inFlight = 0;
  #wrongCommands = 0;
  readonly #openedMs: number;
  #heardMs: number;

  constructor(parts: SessionParts, connection: Connection) {
    this.#parts = parts;
    this.#connection = connection;
    this.#queue = new SendQueue(connection, parts.batcher, () => this.close(CloseCode.SLOW_READER, 'reads too slowly'));
    this.#openedMs = parts.clock.now();
    this.#heardMs = this.#openedMs;
  }

  get identity(): Identity | undefined {
    return this.#state.name === 'live' || this.#state.name === 'draining' ? this.#state.caller : undefined;
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
    return this.#heardMs;
  }

  /** Takes whole frames in their order. Throws only what iterating over `frames` throws. */
  receive(frames: Iterable<Uint8Array>): void {
    this.#heardMs = this.#parts.clock.now();
    for (const frame of frames) {
      if (this.#state.name === 'closed') return;
      this.#receiveFrame(frame);
    }
  }

  /** The transport is gone. */
  connectionLost(): void {
    this.#end();
  }

  /** Says why, and ends the connection (FRM-6). */
  close(code: CloseCode, reason: string, retryAfterMs = 0): void {
    if (this.#state.name === 'closed') return;
    this.#end();
    if (code === CloseCode.SLOW_READER) this.#queue.clear();
    const closing: Push = { body: { case: 'closing', value: { code, reason, retryAfterMs } } };
    this.#queue.push(encodeServerFrame({ frame: { case: 'push', value: closing } }));
    this.#queue.flush();
    this.#connection.close(code, reason);
  }

  /** Answers what was taken, refuses what comes now, then closes with GOING_AWAY (SES-10). */
  drain(): void {
    if (this.#state.name === 'live') {
      this.#state = { ...this.#state, name: 'draining' };
      this.#closeIfDrained();
    } else if (this.#state.name !== 'draining') {
      this.close(CloseCode.GOING_AWAY, 'the server is stopping');
    }
  }

  #receiveFrame(frame: Uint8Array): void {
    let command: Command;
    try {
      command = decodeCommand(frame);
    } catch {
      this.close(CloseCode.MALFORMED, 'not a command of this schema');
      return;
    }
    const state = this.#state;
    switch (state.name) {
      case 'awaiting-hello':
        if (command.body?.case === 'hello') void this.#hello(command.id, command.body.value);
        else this.close(CloseCode.OUT_OF_TURN, 'the first command must be Hello');
        return;
      case 'preparing':
      case 'live':
        this.#take(command);
        return;
      case 'draining':
        this.#refuse(command.id, new ProtocolError(ErrorCode.UNAVAILABLE, 'the server is stopping'));
        return;
      case 'closed':
        return;
    }
  }

  async #hello(id: number, hello: Hello): Promise<void> {
    const { authenticator, bus, clock, limits, logger, logic, newSessionId } = this.#parts;
    if (hello.protocolVersion !== PROTOCOL_VERSION) {
      this.close(CloseCode.UNSUPPORTED_VERSION, `this server speaks version ${PROTOCOL_VERSION}`);
      return;
    }
    if ((hello.holdings?.positions.length ?? 0) > limits.positionsMax) {
      this.close(CloseCode.MALFORMED, `more than ${limits.positionsMax} positions`);
      return;
    }
    this.#state = PREPARING;
    const identity = await authenticator.authenticate(hello.accessToken);
    if (this.#state.name !== 'preparing') return;
    if (identity === undefined) {
      this.close(CloseCode.UNAUTHENTICATED, 'the access token is not valid');
      return;
    }
    const caller: Caller = { userId: identity.userId, deviceId: identity.deviceId, sessionId: newSessionId() };
    const unsubscribe = bus.subscribe(caller.userId, (message) => this.#forward(message, caller.sessionId));
    this.#state = { name: 'live', caller, unsubscribe };
    this.#reply(id, {
      case: 'welcome',
      value: {
        protocolVersion: PROTOCOL_VERSION,
        features: hello.features.filter((feature) => feature === Feature.RECEIPTS),
        sessionId: caller.sessionId,
        ...identity,
        serverTimeMs: clock.now(),
        limits,
        resumed: false,
      },
    });
    this.#runWaiting();
    try {
      await logic.synchronise(caller, hello, { push: (body) => this.#push(body), ended: () => this.closed });
    } catch (error) {
      logger.warn({ error, userId: caller.userId }, 'a session could not be brought up to date');
      this.close(CloseCode.UNAVAILABLE, 'the backlog could not be read', 1_000);
    }
  }

  #take({ id, body }: Command): void {
    if (body === undefined) {
      this.#refuse(id, new ProtocolError(ErrorCode.UNKNOWN_COMMAND, 'no command that this server knows'));
    } else if (body.case === 'hello') {
      this.#refuse(id, new ProtocolError(ErrorCode.OUT_OF_TURN, 'Hello was said before'));
    } else if (id === 0 && body.case !== 'advanceCursor') {
      this.#refuse(id, new ProtocolError(ErrorCode.INVALID_ARGUMENT, 'only AdvanceCursor may have id 0'));
    } else if (this.#inFlight >= this.#parts.limits.commandsInFlightMax) {
      this.#refuse(id, new ProtocolError(ErrorCode.OVERLOADED, 'too many unanswered commands', 1_000));
    } else {
      this.#inFlight += 1;
      if (this.#waiting !== undefined) this.#waiting.push({ id, body });
      else if (this.#state.name === 'preparing') this.#waiting = [{ id, body }];
      else this.#run({ id, body });
    }
  }

  /** Starts a command; later ones wait only while this one's conversation is being loaded, so order is kept. */
  #run(pending: Pending): void {
    const state = this.#state;
    if (state.name !== 'live' && state.name !== 'draining') return;
    const admission = runCommand(this.#parts.logic, state.caller, pending.body, this.#heardMs, {
      done: (body) => this.#finish(pending.id, body),
      failed: (error) => this.#fail(pending.id, error),
    });
    if (admission === undefined) return;
    this.#waiting ??= [];
    void admission.then(() => this.#runWaiting());
  }

  #runWaiting(): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (waiting === undefined) return;
    for (const [index, pending] of waiting.entries()) {
      this.#run(pending);
      if (this.#waiting !== undefined) {
        (this.#waiting as Pending[]).push(...waiting.slice(index + 1));
        return;
      }
    }
  }

  #finish(id: number, body: NonNullable<Reply['body']>): void {
    this.#inFlight -= 1;
    if (id !== 0) this.#reply(id, body);
    this.#closeIfDrained();
  }

  #fail(id: number, error: unknown): void {
    this.#inFlight -= 1;
    const refused = refusal(error, this.#parts.logger);
    if (id !== 0) this.#refuse(id, refused);
    else this.#countWrong(refused);
    this.#closeIfDrained();
  }

  #refuse(id: number, error: ProtocolError): void {
    const { code, message, retryAfterMs } = error;
    this.#reply(id, { case: 'error', value: { code, message, retryAfterMs } });
    this.#countWrong(error);
  }

  #countWrong({ code }: ProtocolError): void {
    if (code >= 200) return;
    this.#wrongCommands += 1;
    if (this.#wrongCommands > WRONG_COMMANDS_MAX) this.close(CloseCode.RATE_EXCEEDED, 'too many wrong commands');
  }

  #reply(id: number, body: NonNullable<Reply['body']>): void {
    if (this.closed) return;
    this.#send(encodeServerFrame({ frame: { case: 'reply', value: { id, body } } }));
  }

  #push(body: NonNullable<Push['body']>): void {
    if (this.closed) return;
    this.#send(encodeServerFrame({ frame: { case: 'push', value: { body } } }));
  }

  #forward(message: BusMessage, sessionId: string): void {
    if (message.exceptSessionId !== sessionId) this.#send(message.frame);
  }

  #send(frame: Uint8Array): void {
    if (this.#state.name !== 'closed') this.#queue.push(frame);
  }

  #closeIfDrained(): void {
    if (this.#state.name === 'draining' && this.#inFlight === 0) {
      this.close(CloseCode.GOING_AWAY, 'the server is stopping');
    }
  }

  #end(): void {
    const state = this.#state;
    if (state.name === 'closed') return;
    this.#state = CLOSED;
    if (state.name === 'live' || state.name === 'draining') state.unsubscribe();
    this.#parts.onEnd(this);
  }
}
