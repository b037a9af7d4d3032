import { type Entry, EntryKind } from '@hongyan/protocol';
import type { TimedMessage } from './types.ts';

/** Of a conversation no more are held than this; those before them are fetched when somebody looks at them. */
export const TIMED_MAX = 500;

/** MSG-23: the messages of a conversation that are held and have a lifetime, and their edits, and when each of them ends. */
export class TimedMessages {
  readonly #timed: Map<number, TimedMessage>;

  constructor(timed: readonly TimedMessage[] = []) {
    this.#timed = new Map(timed.map((message) => [message.seq, message]));
  }

  /** `readAtMs`: when its recipient is known to have read it; undefined: not yet. */
  add({ seq, kind, header, serverTimeMs, body }: Entry, mine: boolean, readAtMs: number | undefined): void {
    if (!header?.lifetimeMs || body.length === 0) return;
    const { lifetimeMs, livesFromRead, targetSeq } = header;
    const sinceMs = livesFromRead ? readAtMs : serverTimeMs;
    const dueMs = sinceMs === undefined ? undefined : sinceMs + lifetimeMs;
    this.#timed.set(seq, { seq, lifetimeMs, mine, dueMs, ...(kind === EntryKind.EDIT && { targetSeq }) });
  }

  /** Somebody has read up to `readSeq`, as is known from `nowMs` on: the account itself, or the one it writes to. */
  read(by: 'me' | 'other', readSeq: number, nowMs: number): void {
    for (const message of this.#timed.values()) {
      if (message.dueMs !== undefined || messageSeqOf(message) > readSeq || message.mine !== (by === 'other')) continue;
      this.#timed.set(message.seq, { ...message, dueMs: nowMs + message.lifetimeMs });
    }
  }

  /** When this one is over; undefined when that is not known, or never. */
  dueMs(seq: number): number | undefined {
    return this.#timed.get(seq)?.dueMs;
  }

  /** When the next one is over. */
  get nextDueMs(): number {
    let nextMs = Number.POSITIVE_INFINITY;
    for (const { dueMs } of this.#timed.values()) nextMs = Math.min(nextMs, dueMs ?? nextMs);
    return nextMs;
  }

  /** Messages, also where only an edit of one is held. */
  due(nowMs: number): number[] {
    const due = this.all().filter(({ dueMs }) => dueMs !== undefined && dueMs <= nowMs);
    return [...new Set(due.map(messageSeqOf))];
  }

  /** The message and its edits. */
  remove(messageSeq: number): void {
    for (const timed of this.all()) if (messageSeqOf(timed) === messageSeq) this.#timed.delete(timed.seq);
  }

  removeBefore(firstSeq: number): void {
    for (const seq of [...this.#timed.keys()]) if (seq < firstSeq) this.#timed.delete(seq);
  }

  /** From where on only as many are held as may be; undefined: no more are. */
  get surplusBefore(): number | undefined {
    if (this.#timed.size <= TIMED_MAX) return undefined;
    return [...this.#timed.keys()].sort((a, b) => a - b).at(-TIMED_MAX);
  }

  get size(): number {
    return this.#timed.size;
  }

  all(): TimedMessage[] {
    return [...this.#timed.values()];
  }
}

const messageSeqOf = ({ seq, targetSeq = seq }: TimedMessage): number => targetSeq;
