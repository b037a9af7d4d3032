import type { ConversationId, Entry, UserId } from '@hongyan/protocol';
import type { Message } from '../types.ts';
import type { ConversationLog } from './conversation-log.ts';
import { othersProgress } from './cursors.ts';
import { runBefore } from './entries.ts';
import { TIMELINE_PAGE } from './limits.ts';
import { displayFrom, REORDER_SPAN } from './order.ts';
import type { OutboxItem } from './outbox.ts';
import { buildTimeline } from './timeline.ts';

const NOTHING_SHOWN = Number.MAX_SAFE_INTEGER;

/** Where older messages have to come from. */
export type OlderSource =
  /** They are loaded already. */
  { from: 'window' } | { from: 'store'; beforeSeq: number; limit: number } | { from: 'server' } | { from: 'nowhere' };

/**
 * An open timeline: the entries it shows, always up to the end of what is held, and who waits for older ones. It loads more
 * than it shows, as far as the store has more: where an entry is shown depends on the places before it (ORD-1).
 */
export class Window {
  readonly conversationId: ConversationId;
  /** How many timelines of the application share it. */
  openCount = 1;
  /** What is being read or fetched; one thing at a time. */
  loading: 'nothing' | 'store' | 'server' = 'nothing';
  /** REC-8: entries up to here are held and not shown, and nothing older is. */
  clearedSeq = 0;
  #entries: Entry[];
  /** The first place of the log that is shown. */
  #shownSeq: number;
  #waiting: { requestId: number; count: number }[] = [];
  #messages: readonly Message[] = [];
  #isStale = true;

  constructor(conversationId: ConversationId, unstored: readonly Entry[], toSeq: number) {
    this.conversationId = conversationId;
    this.#entries = runBefore(unstored, toSeq + 1);
    this.#shownSeq = toSeq === 0 ? NOTHING_SHOWN : Math.max(1, toSeq + 1 - TIMELINE_PAGE);
  }

  append(added: readonly Entry[]): void {
    this.#entries.push(...added);
    this.#shownSeq = Math.min(this.#shownSeq, added[0]?.seq ?? NOTHING_SHOWN);
    this.#isStale = true;
  }

  /** Takes of `older` what reaches up to the first entry loaded, and shows what is waited for. */
  prepend(older: readonly Entry[], toSeq: number): void {
    this.#entries = [...runBefore(older, this.#fromSeq(toSeq)), ...this.#entries];
    this.#shownSeq = Math.max(this.#fromSeq(toSeq), this.#wantedSeq(toSeq));
    this.#isStale = true;
  }

  clear(): void {
    this.#entries = [];
    this.#shownSeq = NOTHING_SHOWN;
    this.#isStale = true;
  }

  changed(): void {
    this.#isStale = true;
  }

  wait(requestId: number, count: number): void {
    this.#waiting.push({ requestId, count });
  }

  get isWaiting(): boolean {
    return this.#waiting.length > 0;
  }

  /** The requests that are answered now. */
  takeWaiting(): number[] {
    const requestIds = this.#waiting.map(({ requestId }) => requestId);
    this.#waiting = [];
    return requestIds;
  }

  get pageSize(): number {
    return Math.max(1, ...this.#waiting.map(({ count }) => count));
  }

  older(log: ConversationLog | undefined): OlderSource {
    if (!log || log.toSeq === 0) return { from: 'nowhere' };
    const beforeSeq = this.#fromSeq(log.toSeq);
    const firstSeq = Math.max(log.fromSeq, this.#wantedSeq(log.toSeq) - REORDER_SPAN);
    if (firstSeq < beforeSeq) return { from: 'store', beforeSeq, limit: beforeSeq - firstSeq };
    if (this.#shownSeq <= this.clearedSeq + 1) return { from: 'nowhere' };
    if (this.#shownSeq > log.fromSeq) return { from: 'window' };
    return log.fromSeq > 1 ? { from: 'server' } : { from: 'nowhere' };
  }

  read(parts: { log: ConversationLog | undefined; outbox: readonly OutboxItem[]; me: UserId }): {
    messages: readonly Message[];
    hasOlder: boolean;
  } {
    const { log, outbox, me } = parts;
    if (this.#isStale) {
      const others = othersProgress(log?.cursors ?? [], me);
      const fromSeq = this.#shownSeq <= this.clearedSeq + 1 ? 0 : this.#shownSeq;
      const shown = displayFrom(this.#entries, fromSeq).filter(({ seq }) => seq > this.clearedSeq);
      this.#messages = buildTimeline({ shown, outbox, me, others }, this.#messages);
      this.#isStale = false;
    }
    return { messages: this.#messages, hasOlder: this.older(log).from !== 'nowhere' };
  }

  /** The first entry loaded. */
  #fromSeq(toSeq: number): number {
    return this.#entries[0]?.seq ?? toSeq + 1;
  }

  /** The first place to be shown, when those who wait get what they asked for. */
  #wantedSeq(toSeq: number): number {
    const shownSeq = Math.min(this.#shownSeq, toSeq + 1);
    return this.isWaiting ? Math.max(1, shownSeq - this.pageSize) : shownSeq;
  }
}
