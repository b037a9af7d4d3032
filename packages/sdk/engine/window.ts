import type { ConversationId, Entry, UserId } from '@hongyan/protocol';
import type { Message } from '../types.ts';
import type { ConversationLog } from './conversation-log.ts';
import { othersProgress } from './cursors.ts';
import { runBefore } from './entries.ts';
import { TIMELINE_PAGE } from './limits.ts';
import type { OutboxItem } from './outbox.ts';
import { buildTimeline } from './timeline.ts';

/** Where older messages have to come from. */
export type OlderSource =
  | { from: 'store'; beforeSeq: number; limit: number }
  | { from: 'server' }
  | { from: 'nowhere' };

/** An open timeline: the entries it shows, always up to the end of what is held, and who waits for older ones. */
export class Window {
  readonly conversationId: ConversationId;
  /** How many timelines of the application share it. */
  openCount = 1;
  /** What is being read or fetched; one thing at a time. */
  loading: 'nothing' | 'store' | 'server' = 'nothing';
  /** REC-8: entries up to here are held and not shown, and nothing older is. */
  clearedSeq = 0;
  #entries: Entry[];
  #waiting: { requestId: number; count: number }[] = [];
  #messages: readonly Message[] = [];
  #isStale = true;

  constructor(conversationId: ConversationId, unstored: readonly Entry[], toSeq: number) {
    this.conversationId = conversationId;
    this.#entries = runBefore(unstored, toSeq + 1);
  }

  append(added: readonly Entry[]): void {
    this.#entries.push(...added);
    this.#isStale = true;
  }

  /** Takes of `older` what reaches up to the first entry shown. */
  prepend(older: readonly Entry[], toSeq: number): void {
    this.#entries = [...runBefore(older, this.#fromSeq(toSeq)), ...this.#entries];
    this.#isStale = true;
  }

  clear(): void {
    this.#entries = [];
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

  /** Whether the first page has still to be read from the store. */
  isShort(log: ConversationLog | undefined): boolean {
    return log !== undefined && this.#entries.length < TIMELINE_PAGE && this.older(log).from === 'store';
  }

  older(log: ConversationLog | undefined): OlderSource {
    if (!log || log.toSeq === 0) return { from: 'nowhere' };
    const beforeSeq = this.#fromSeq(log.toSeq);
    if (beforeSeq <= this.clearedSeq + 1) return { from: 'nowhere' };
    if (beforeSeq > log.fromSeq) {
      const wanted = this.isWaiting ? this.pageSize : TIMELINE_PAGE;
      return { from: 'store', beforeSeq, limit: Math.min(wanted, beforeSeq - log.fromSeq) };
    }
    return log.fromSeq > 1 ? { from: 'server' } : { from: 'nowhere' };
  }

  read(parts: { log: ConversationLog | undefined; outbox: readonly OutboxItem[]; me: UserId }): {
    messages: readonly Message[];
    hasOlder: boolean;
  } {
    const { log, outbox, me } = parts;
    if (this.#isStale) {
      const others = othersProgress(log?.cursors ?? [], me);
      const entries = this.#entries.filter(({ seq }) => seq > this.clearedSeq);
      this.#messages = buildTimeline({ entries, outbox, me, others }, this.#messages);
      this.#isStale = false;
    }
    return { messages: this.#messages, hasOlder: this.older(log).from !== 'nowhere' };
  }

  #fromSeq(toSeq: number): number {
    return this.#entries[0]?.seq ?? toSeq + 1;
  }
}
