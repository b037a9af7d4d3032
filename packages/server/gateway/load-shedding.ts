import { Backlog, type EventLoopDelay, Load, type LoadClass, type LoadLevel, type Random } from '@hongyan/core';
import { ErrorCode, ProtocolError } from '@hongyan/protocol';
import type { CommandBody } from './commands.ts';
import { fraction } from './fraction.ts';

/** Older than what is borne, so that the worst is seen as such. */
const SEND_AGE_MAX_MS = 20_000;
/** What is shed is asked for again not before this, and within a span that grows with the level. */
const RETRY_AFTER_MIN_MS = 1_000;
const RETRY_AFTER_SPAN_MS = 1_000;
/** Receipts that move within this time share one push; much longer when state is shed (LOD-5). */
const RECEIPT_DELAY_MS = 4;
const SHED_RECEIPT_DELAY_MS = 2_000;

export interface LoadSheddingParts {
  random: Random;
  eventLoopDelay: EventLoopDelay;
}

/** Measures what the node has to do, and refuses what it does without meanwhile (LOD-5, LOD-6). */
export class LoadShedding {
  readonly #parts: LoadSheddingParts;
  readonly #load = new Load();
  readonly #sends = new Backlog();
  readonly #shed = new Map<LoadClass, number>();
  #unanswered = 0;

  constructor(parts: LoadSheddingParts) {
    this.#parts = parts;
  }

  get level(): LoadLevel {
    return this.#load.level;
  }

  /** Of all sessions. */
  get unansweredCommands(): number {
    return this.#unanswered;
  }

  /** How often each class was shed so far. */
  get shed(): ReadonlyMap<LoadClass, number> {
    return this.#shed;
  }

  /** How long receipts are gathered for one push. */
  get receiptDelayMs(): number {
    return this.#load.sheds('state') ? SHED_RECEIPT_DELAY_MS : RECEIPT_DELAY_MS;
  }

  started(body: CommandBody): void {
    this.#unanswered += 1;
    if (isSend(body)) this.#sends.started();
  }

  finished(body: CommandBody): void {
    this.#unanswered -= 1;
    if (isSend(body)) this.#sends.finished();
  }

  /** To be called at even intervals. */
  sample(nowMs: number): void {
    const signals = {
      unansweredCommands: this.#unanswered,
      oldestSendMs: this.#sends.sample(nowMs, SEND_AGE_MAX_MS),
      eventLoopDelayMs: this.#parts.eventLoopDelay.takeMs(),
    };
    this.#load.observe(signals, nowMs);
  }

  /** Whether the node does without the class now. */
  doesWithout(name: LoadClass): boolean {
    return this.#load.sheds(name);
  }

  /** The same for something of the class that is there to be done; counted. */
  sheds(name: LoadClass): boolean {
    if (!this.doesWithout(name)) return false;
    this.#shed.set(name, (this.#shed.get(name) ?? 0) + 1);
    return true;
  }

  /** Why a command is not carried out now; undefined: it is. */
  refusalOf(body: CommandBody): ProtocolError | undefined {
    if (this.level === 0) return undefined;
    const name = loadClassOf(body);
    if (name === undefined || !this.sheds(name)) return undefined;
    const spanMs = RETRY_AFTER_SPAN_MS * this.level;
    const retryAfterMs = RETRY_AFTER_MIN_MS + Math.floor(fraction(this.#parts.random) * spanMs);
    return new ProtocolError(ErrorCode.OVERLOADED, `the server does without ${name} for now`, retryAfterMs);
  }
}

const isSend = ({ case: kind }: CommandBody): boolean => kind === 'sendMessage' || kind === 'changeConversation';

/** undefined: never refused, as it is the sign of life, cannot be answered, answers what the server asked, or costs
 * next to nothing and is not said again. */
function loadClassOf(body: CommandBody): LoadClass | undefined {
  switch (body.case) {
    case 'ping':
    case 'advanceCursor':
    case 'statePositions':
    case 'stateDevice':
      return undefined;
    case 'watch':
    case 'typing':
      return 'signal';
    case 'fetchEntries':
    case 'fetchChanges':
    case 'fetchMembers':
    case 'fetchReceiptCounts':
    case 'fetchReceivers':
    case 'search':
      return 'history';
    case 'fetchConversation':
    case 'fetchUserEvents':
    case 'synchronise':
      return 'state';
    case 'sendMessage':
    case 'changeConversation':
    case 'setRecord':
      return 'message';
  }
}
