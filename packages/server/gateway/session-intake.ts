import type { Logger } from '@hongyan/core';
import { type Command, ErrorCode, encodeReply, type Limits, ProtocolError } from '@hongyan/protocol';
import { type Logic, type Outcome, refusal } from '../logic/index.ts';
import { type LiveSession, runCommand } from './commands.ts';
import { InFlight, type Ticket } from './in-flight.ts';
import type { LoadShedding } from './load-shedding.ts';

/** Wrong commands a session may send before it is taken for broken. */
const WRONG_COMMANDS_MAX = 100;

export interface IntakeParts {
  logic: Logic;
  load: LoadShedding;
  logger: Logger;
  limits: Limits;
}

/** The connection that commands come over. */
export interface IntakeHost {
  /** Undefined until Welcome, so that commands wait, and once the connection has ended. */
  readonly live: LiveSession | undefined;
  /** Takes an encoded frame; nothing once the connection has ended. */
  send(frame: Uint8Array): void;
  /** A command was answered. */
  answered(): void;
  /** There were more wrong commands than a client sends. */
  tooManyWrong(): void;
}

/** One connection's commands: taken in their order, bounded, each answered once (SES-5, SES-6, SES-8). */
export class CommandIntake {
  readonly #parts: IntakeParts;
  readonly #host: IntakeHost;
  readonly #inFlight: InFlight;
  /** Commands that wait for Welcome. */
  #waiting: Ticket[] = [];
  #wrongCommands = 0;

  constructor(parts: IntakeParts, host: IntakeHost) {
    this.#parts = parts;
    this.#host = host;
    this.#inFlight = new InFlight(parts.load);
  }

  get allAnswered(): boolean {
    return this.#inFlight.allAnswered;
  }

  take(command: Command, nowMs: number): void {
    const { id, body } = command;
    if (body === undefined) {
      this.refuse(command, new ProtocolError(ErrorCode.UNKNOWN_COMMAND, 'no command that this server knows'));
    } else if (body.case === 'hello') {
      this.refuse(command, new ProtocolError(ErrorCode.OUT_OF_TURN, 'Hello was said before'));
    } else if (id === 0 && !mayBeUnanswered(body)) {
      const reason = 'only AdvanceCursor and Typing may have id 0';
      this.refuse(command, new ProtocolError(ErrorCode.INVALID_ARGUMENT, reason));
    } else if (this.#inFlight.count >= this.#parts.limits.commandsInFlightMax) {
      this.refuse(command, new ProtocolError(ErrorCode.OVERLOADED, 'too many unanswered commands', 1_000));
    } else {
      const { load } = this.#parts;
      const refused = load.refusalOf(body);
      if (refused !== undefined) this.refuse(command, refused);
      else this.#accept(this.#inFlight.take(id, body, nowMs));
    }
  }

  /** Starts what waited for Welcome. */
  runWaiting(): void {
    for (const ticket of this.#waiting.splice(0)) this.#run(ticket);
  }

  /** Answers the commands whose deadline has passed (LOD-4). */
  expire(nowMs: number): void {
    for (const command of this.#inFlight.expire(nowMs)) {
      this.refuse(command, new ProtocolError(ErrorCode.DEADLINE_EXCEEDED, 'it took too long'));
    }
    this.#host.answered();
  }

  /** Answers that a command is not carried out, if it waits for an answer. */
  refuse({ id, body }: Pick<Command, 'id' | 'body'>, error: ProtocolError): void {
    const { code, message, retryAfterMs } = error;
    if (id !== 0 || !mayBeUnanswered(body)) {
      this.#host.send(encodeReply(id, { case: 'error', value: { code, message, retryAfterMs } }));
    }
    this.#countWrong(error);
  }

  /** Nobody waits for answers any more. */
  clear(): void {
    this.#waiting.length = 0;
    this.#inFlight.clear();
  }

  /** Says a command's result, if it is still waited for. */
  finish(ticket: Ticket, reply: Uint8Array | undefined): void {
    if (this.#inFlight.settle(ticket) && reply !== undefined) this.#host.send(reply);
    this.#host.answered();
  }

  /** Says why a command was not carried out, if that is still waited for. */
  fail(ticket: Ticket, error: unknown): void {
    const isAwaited = this.#inFlight.settle(ticket);
    const refused = refusal(error, this.#parts.logger);
    if (!isAwaited) return;
    this.refuse(ticket, refused);
    this.#host.answered();
  }

  #accept(ticket: Ticket): void {
    if (this.#host.live === undefined) this.#waiting.push(ticket);
    else this.#run(ticket);
  }

  #run(ticket: Ticket): void {
    const { live } = this.#host;
    if (live === undefined) return;
    if (ticket.state !== 'unanswered') {
      this.#inFlight.settle(ticket);
      return;
    }
    runCommand(this.#parts.logic, live, ticket, new TicketOutcome(this, ticket));
  }

  #countWrong({ code }: ProtocolError): void {
    if (code >= 200) return;
    this.#wrongCommands += 1;
    if (this.#wrongCommands > WRONG_COMMANDS_MAX) this.#host.tooManyWrong();
  }
}

const mayBeUnanswered = (body: Command['body']): boolean => body?.case === 'advanceCursor' || body?.case === 'typing';

class TicketOutcome implements Outcome {
  readonly #intake: CommandIntake;
  readonly #ticket: Ticket;

  constructor(intake: CommandIntake, ticket: Ticket) {
    this.#intake = intake;
    this.#ticket = ticket;
  }

  get deadlineMs(): number {
    return this.#ticket.deadlineMs;
  }

  get isAwaited(): boolean {
    return this.#ticket.state === 'unanswered';
  }

  get isOverdue(): boolean {
    return this.#ticket.state === 'overdue';
  }

  done(reply: Uint8Array | undefined): void {
    this.#intake.finish(this.#ticket, reply);
  }

  failed(error: unknown): void {
    this.#intake.fail(this.#ticket, error);
  }
}
