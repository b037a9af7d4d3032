import type { Command, ConversationId } from '@hongyan/protocol';

/** Why a command was sent, so that its answer finds its way. */
export type Purpose = SessionPurpose | RequestPurpose | SignalPurpose;

/** What is said of the screen and the device. */
export type SignalPurpose = { kind: 'watch' } | { kind: 'stateDevice' };

/** What keeps the session itself. */
export type SessionPurpose =
  | { kind: 'hello' }
  | { kind: 'ping' }
  /** A ping that has what the device holds compared. */
  | { kind: 'compare' }
  | { kind: 'statePositions' }
  | { kind: 'synchronise' };

/** What is asked for the replica. */
export type RequestPurpose =
  | { kind: 'send'; conversationId: ConversationId; clientMessageId: string }
  | { kind: 'fetchNewer'; conversationId: ConversationId; generation: number }
  /** Or newer ones, in a window that was opened at some place. */
  | { kind: 'fetchOlder'; conversationId: ConversationId; generation: number; windowId?: string | undefined }
  | { kind: 'fetchShown'; conversationId: ConversationId; generation: number }
  | { kind: 'fetchQuote'; conversationId: ConversationId; windowId: string }
  /** What the application wants to know. */
  | { kind: 'asked'; requestId: number }
  | { kind: 'fetchConversation'; conversationId: ConversationId; generation: number; toSeq: number }
  | { kind: 'fetchUserEvents' }
  | { kind: 'setRecord'; key: string };

const ID_MAX = 0xffff_ffff;

/** A command that waits for its answer. */
export interface Unanswered {
  purpose: Purpose;
  sentAtMs: number;
  /** About how much of the way up it takes. */
  bytes: number;
}

const bytesOf = (body: NonNullable<Command['body']>): number =>
  body.case === 'sendMessage' || body.case === 'changeConversation' ? body.value.body.length : 0;

/** The commands of one connection: those to be sent now, and those without an answer yet. */
export class Commands {
  readonly #unanswered = new Map<number, Unanswered>();
  #outgoing: Command[] = [];
  #lastId = 0;

  ask(body: NonNullable<Command['body']>, purpose: Purpose, nowMs: number): void {
    this.#lastId = this.#lastId === ID_MAX ? 1 : this.#lastId + 1;
    this.#unanswered.set(this.#lastId, { purpose, sentAtMs: nowMs, bytes: bytesOf(body) });
    this.#outgoing.push({ id: this.#lastId, body });
  }

  /** Sends a command that asks for no answer. */
  tell(body: NonNullable<Command['body']>): void {
    this.#outgoing.push({ id: 0, body });
  }

  /** What the answered command was for; undefined when nothing waits for this id. */
  answered(id: number): Unanswered | undefined {
    const answered = this.#unanswered.get(id);
    this.#unanswered.delete(id);
    return answered;
  }

  takeOutgoing(): Command[] {
    const outgoing = this.#outgoing;
    this.#outgoing = [];
    return outgoing;
  }

  get unansweredCount(): number {
    return this.#unanswered.size;
  }

  count(kinds: readonly Purpose['kind'][]): number {
    let count = 0;
    for (const { purpose } of this.#unanswered.values()) if (kinds.includes(purpose.kind)) count++;
    return count;
  }

  /** When the oldest unanswered command was sent. */
  get oldestSentAtMs(): number | undefined {
    for (const { sentAtMs } of this.#unanswered.values()) return sentAtMs;
    return undefined;
  }

  /** How much of the way up all those take that wait for their answers. */
  get unansweredBytes(): number {
    let sum = 0;
    for (const { bytes } of this.#unanswered.values()) sum += bytes;
    return sum;
  }

  /** The connection ended: nothing will be answered any more. */
  clear(): Purpose[] {
    const purposes = [...this.#unanswered.values()].map(({ purpose }) => purpose);
    this.#unanswered.clear();
    this.#outgoing = [];
    return purposes;
  }
}
