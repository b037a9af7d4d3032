import type { CommandBody } from './commands.ts';
import type { LoadShedding } from './load-shedding.ts';

/** How long a command may take before its client is told that its outcome is unknown (LOD-4). */
const COMMAND_DEADLINE_MS = 10_000;
const SEND_DEADLINE_MS = 15_000;
/** It may have to wait for StatePositions. */
const SYNCHRONISE_DEADLINE_MS = 30_000;

/** A command that was taken. */
export interface Ticket {
  readonly id: number;
  readonly body: CommandBody;
  readonly deadlineMs: number;
  /** Where it is among the unanswered. */
  at: number;
  state: 'unanswered' | 'overdue' | 'settled';
}

/**
 * A session's commands that were taken and not carried out. Each is answered once: with its result, or when its deadline has
 * passed, and then the late result is dropped. Overdue ones count against the bound until their results come, so that a
 * standstill does not let a client pile up more.
 */
export class InFlight {
  readonly #load: LoadShedding;
  readonly #unanswered: Ticket[] = [];
  #overdue = 0;

  constructor(load: LoadShedding) {
    this.#load = load;
  }

  /** All that were not carried out, for the bound. */
  get count(): number {
    return this.#unanswered.length + this.#overdue;
  }

  get allAnswered(): boolean {
    return this.#unanswered.length === 0;
  }

  take(id: number, body: CommandBody, nowMs: number): Ticket {
    const deadlineMs = nowMs + allowedMs(body);
    const ticket: Ticket = { id, body, deadlineMs, at: this.#unanswered.length, state: 'unanswered' };
    this.#unanswered.push(ticket);
    this.#load.started(body);
    return ticket;
  }

  /** Whether the result is still waited for: the command's answer is to be said now. */
  settle(ticket: Ticket): boolean {
    const { state } = ticket;
    if (state === 'unanswered') this.#remove(ticket);
    else if (state === 'overdue') this.#overdue -= 1;
    ticket.state = 'settled';
    return state === 'unanswered';
  }

  /** Takes out those whose deadline has passed, to be answered now. */
  expire(nowMs: number): Ticket[] {
    const expired = this.#unanswered.filter(({ deadlineMs }) => deadlineMs <= nowMs);
    for (const ticket of expired) {
      this.#remove(ticket);
      ticket.state = 'overdue';
      this.#overdue += 1;
    }
    return expired;
  }

  /** Nobody waits for answers any more. */
  clear(): void {
    for (const ticket of this.#unanswered) {
      this.#load.finished(ticket.body);
      ticket.state = 'settled';
    }
    this.#unanswered.length = 0;
  }

  #remove(ticket: Ticket): void {
    const last = this.#unanswered.pop();
    if (last !== undefined && last !== ticket) {
      last.at = ticket.at;
      this.#unanswered[ticket.at] = last;
    }
    this.#load.finished(ticket.body);
  }
}

function allowedMs(body: CommandBody): number {
  switch (body.case) {
    case 'sendMessage':
    case 'changeConversation':
      return SEND_DEADLINE_MS;
    case 'synchronise':
      return SYNCHRONISE_DEADLINE_MS;
    default:
      return COMMAND_DEADLINE_MS;
  }
}
