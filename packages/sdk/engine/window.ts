import type { ConversationId, Entry, UserId } from '@hongyan/protocol';
import type { Message } from '../types.ts';
import type { ConversationLog } from './conversation-log.ts';
import { othersProgress } from './cursors.ts';
import { isShown, targetOf } from './entries.ts';
import { LINES_MIN, PLACE_MARGIN, TIMELINE_PAGE } from './limits.ts';
import { Loaded } from './loaded.ts';
import { displayFrom, REORDER_SPAN } from './order.ts';
import type { OutboxItem } from './outbox.ts';
import { Quotes } from './quotes.ts';
import { Rendering } from './timeline.ts';

const NOTHING_SHOWN = Number.MAX_SAFE_INTEGER;

export type Direction = 'older' | 'newer';

/** Where more messages have to come from. */
export type Source =
  /** They are loaded already. */
  | { from: 'window' }
  | { from: 'store'; beforeSeq: number; limit: number }
  | { from: 'server'; afterSeq: number; beforeSeq: number }
  | { from: 'nowhere' };

const NOWHERE: Source = { from: 'nowhere' };

/** What a timeline shows. */
export interface View {
  messages: readonly Message[];
  hasOlder: boolean;
  hasNewer: boolean;
}

/**
 * An open timeline: the entries it has loaded, and who waits for more. It begins at the end of what is held and stays there, or
 * it was opened at some place: then it reaches the end when the newer messages up to there were loaded. It loads more
 * than it shows, as far as the store has more: where an entry is shown depends on the places before it (ORD-1).
 */
export class Window {
  readonly id: string;
  readonly conversationId: ConversationId;
  /** How many timelines of the application share it. */
  openCount = 1;
  /** What is being read or fetched; one thing at a time. */
  loading: 'nothing' | 'store' | 'server' = 'nothing';
  direction: Direction = 'older';
  /** REC-8: entries up to here are held and not shown, and nothing older is. */
  clearedSeq = 0;
  readonly quotes = new Quotes();
  /** The quoted message that is looked for now. */
  quoteSeq: number | undefined;
  /** Whether what is added to the log is shown. */
  #isAtEnd: boolean;
  /** Where it was opened; 0: at the end. */
  readonly #placeSeq: number;
  readonly #loaded: Loaded;
  /** The first place of the log that is shown. */
  #shownSeq: number;
  #waiting: { requestId: number; count: number; direction: Direction }[] = [];
  /** The last answer brought nothing on. */
  #isStuck = false;
  readonly #rendering = new Rendering();
  #messages: readonly Message[] = [];
  #isStale = true;

  constructor(of: {
    id: string;
    conversationId: ConversationId;
    unstored: readonly Entry[];
    log: ConversationLog | undefined;
    placeSeq: number;
  }) {
    const { id, conversationId, unstored, log, placeSeq } = of;
    const toSeq = log?.toSeq ?? 0;
    this.id = id;
    this.conversationId = conversationId;
    this.#placeSeq = placeSeq;
    this.#isAtEnd = placeSeq === 0;
    this.#loaded = new Loaded([]);
    if (placeSeq > 0) {
      // What is held is there without a connection.
      const leastSeq = log && placeSeq >= log.fromSeq ? log.fromSeq : (log?.firstSeq ?? 1);
      this.#shownSeq = Math.max(leastSeq, placeSeq - PLACE_MARGIN);
      return;
    }
    this.#shownSeq = toSeq === 0 ? NOTHING_SHOWN : Math.max(1, toSeq + 1 - TIMELINE_PAGE);
    this.#loaded.prepend(unstored, toSeq + 1);
    this.#seen(this.#loaded.entries);
  }

  /** Entries were added to the log. */
  append(added: readonly Entry[]): void {
    this.#isStale = true;
    this.#isStuck = false;
    this.quotes.note(added);
    if (!this.#isAtEnd) {
      this.#loaded.note(added);
      return;
    }
    this.#loaded.append(added);
    this.#shownSeq = Math.min(this.#shownSeq, added[0]?.seq ?? NOTHING_SHOWN);
    this.#seen(added);
  }

  /**
   * Takes what was loaded, as far as it touches, and shows it. Tells whether that is any line more, or at least brings on:
   * without that, asking again would go on for ever.
   */
  take(
    entries: readonly Entry[],
    changes: readonly Entry[],
    log: ConversationLog | undefined,
  ): 'lines' | 'progress' | 'nothing' {
    const linesBefore = this.#loaded.linesFrom(this.#shownSeq);
    const before = this.#place;
    const toSeq = log?.toSeq ?? 0;
    this.#isStale = true;
    this.#loaded.note(changes);
    if (this.direction === 'newer') {
      this.#loaded.append(entries.filter(({ seq }) => seq > this.#toSeq));
      this.#isAtEnd = this.#toSeq >= Math.max(toSeq, 1) && toSeq > 0;
    } else {
      this.#loaded.prepend(entries, this.#fromSeq(toSeq));
      this.#shownSeq = Math.max(this.#fromSeq(toSeq), this.#wantedSeq(log));
    }
    this.#seen(entries);
    this.#isStuck = this.#place === before;
    if (this.#loaded.linesFrom(this.#shownSeq) > linesBefore) return 'lines';
    return this.#isStuck ? 'nothing' : 'progress';
  }

  /** Whatever kept more from coming may be over. */
  tryAgain(): void {
    this.#isStuck = false;
  }

  get #place(): string {
    return `${this.#loaded.fromSeq} ${this.#loaded.toSeq} ${this.#shownSeq} ${this.#isAtEnd}`;
  }

  clear(): void {
    this.#loaded.clear();
    this.quotes.clear();
    this.#shownSeq = NOTHING_SHOWN;
    this.#isAtEnd = true;
    this.#isStale = true;
  }

  /** SYN-21: the log goes on behind a gap. */
  cutOff(): void {
    if (this.#placeSeq === 0) this.clear();
    else this.#isAtEnd = false;
    this.#isStale = true;
  }

  trim(firstSeq: number): void {
    this.#loaded.trim(firstSeq);
    this.#isStale = true;
  }

  erase(seq: number): void {
    this.#loaded.erase(seq);
    this.quotes.erase(seq);
    this.#isStale = true;
  }

  changed(): void {
    this.#isStale = true;
  }

  wait(requestId: number, count: number, direction: Direction): void {
    this.#waiting.push({ requestId, count, direction });
    this.#isStuck = false;
  }

  get isAtEnd(): boolean {
    return this.#isAtEnd;
  }

  get isWaiting(): boolean {
    return this.#waiting.length > 0;
  }

  /** The requests that are answered now; without a direction all. */
  takeWaiting(direction?: Direction): { requestId: number }[] {
    const taken = this.#waiting.filter((request) => !direction || request.direction === direction);
    this.#waiting = this.#waiting.filter((request) => !taken.includes(request));
    return taken;
  }

  get pageSize(): number {
    return Math.max(...this.#waiting.map(({ count }) => count), this.isWaiting ? 1 : TIMELINE_PAGE);
  }

  /** What is to be loaded next, if anything is. */
  next(log: ConversationLog | undefined): { direction: Direction; source: Source } | undefined {
    const direction = this.#waiting[0]?.direction;
    if (direction) return { direction, source: direction === 'older' ? this.older(log) : this.newer(log) };
    if (this.#isStuck) return undefined;
    if (!this.#isAtEnd && this.#loaded.fromSeq === undefined) return { direction: 'newer', source: this.newer(log) };
    const source = this.older(log);
    const isUnread = this.#placeSeq === 0 && source.from === 'store';
    if (isUnread || (source.from !== 'nowhere' && this.#hasTooFew(log))) return { direction: 'older', source };
    return undefined;
  }

  older(log: ConversationLog | undefined): Source {
    if (!log || (log.toSeq === 0 && this.#isAtEnd)) return NOWHERE;
    const beforeSeq = this.#fromSeq(log.toSeq);
    const firstSeq = Math.max(log.fromSeq, this.#wantedSeq(log) - REORDER_SPAN);
    if (firstSeq < beforeSeq && beforeSeq <= log.toSeq + 1)
      return { from: 'store', beforeSeq, limit: beforeSeq - firstSeq };
    if (this.#shownSeq <= this.clearedSeq + 1) return NOWHERE;
    if (this.#shownSeq > beforeSeq) return { from: 'window' };
    return beforeSeq > log.firstSeq ? { from: 'server', afterSeq: 0, beforeSeq } : NOWHERE;
  }

  newer(log: ConversationLog | undefined): Source {
    if (this.#isAtEnd || !log) return NOWHERE;
    const afterSeq = this.#toSeq;
    if (afterSeq + 1 < log.fromSeq || afterSeq >= log.toSeq) return { from: 'server', afterSeq, beforeSeq: 0 };
    const beforeSeq = Math.min(afterSeq + 1 + this.pageSize, log.toSeq + 1);
    return { from: 'store', beforeSeq, limit: beforeSeq - afterSeq - 1 };
  }

  read({ log, outbox, me }: { log: ConversationLog | undefined; outbox: readonly OutboxItem[]; me: UserId }): View {
    if (this.#isStale) {
      const others = othersProgress(log?.cursors ?? [], me);
      const fromSeq = this.#shownSeq <= this.clearedSeq + 1 ? 0 : this.#shownSeq;
      const inOrder = displayFrom(this.#loaded.entries, fromSeq);
      const shown = inOrder.filter((entry) => entry.seq > this.clearedSeq && isShown(entry));
      this.#messages = this.#rendering.messages({
        ...{ shown, me, others, changes: this.#loaded.changes },
        outbox: this.#isAtEnd ? outbox : outbox.filter(({ record }) => record.header?.targetSeq),
        quoted: (seq) => this.#quoted(seq),
        dueMs: (seq) => log?.dueMs(seq),
      });
      this.#isStale = false;
    }
    const [hasOlder, hasNewer] = [this.older(log), this.newer(log)].map(({ from }) => from !== 'nowhere');
    return { messages: this.#messages, hasOlder: hasOlder === true, hasNewer: hasNewer === true };
  }

  #quoted(seq: number) {
    if (seq <= this.clearedSeq) return undefined;
    const loaded = this.#loaded.at(seq) ? this.#loaded : this.quotes.get(seq);
    const entry = loaded?.at(seq);
    return loaded && entry && { entry, changes: loaded.changes };
  }

  #seen(entries: readonly Entry[]): void {
    this.quotes.want(entries, (seq) => this.#loaded.at(seq) !== undefined);
  }

  /** The first entry loaded. */
  #fromSeq(toSeq: number): number {
    return this.#loaded.fromSeq ?? (this.#placeSeq > 0 && !this.#isAtEnd ? this.#shownSeq : toSeq + 1);
  }

  /** The last entry loaded. */
  get #toSeq(): number {
    return this.#loaded.toSeq ?? this.#shownSeq - 1;
  }

  /** The first place to be shown, when those who wait get what they asked for, and there is something to see. */
  #wantedSeq(log: ConversationLog | undefined): number {
    const shownSeq = Math.min(this.#shownSeq, (log?.toSeq ?? 0) + 1);
    const isWanting = this.#waiting.some(({ direction }) => direction === 'older') || this.#hasTooFew(log);
    return isWanting ? Math.max(1, shownSeq - this.pageSize) : shownSeq;
  }

  /** MSG-26: whether changes leave hardly a line to be seen of what was loaded. */
  #hasTooFew(log: ConversationLog | undefined): boolean {
    const { entries, fromSeq } = this.#loaded;
    if (!this.#isAtEnd || fromSeq === undefined || fromSeq > Math.max(log?.fromSeq ?? 0, this.#shownSeq)) return false;
    const shown = entries.filter(({ seq }) => seq >= this.#shownSeq);
    return shown.some((entry) => targetOf(entry) > 0) && this.#loaded.linesFrom(this.#shownSeq) < LINES_MIN;
  }
}
