import {
  type Cleared,
  type ConversationId,
  ConversationKind,
  type ConversationState,
  type Cursor,
  conversationHash,
  DEFAULT_LIMITS,
  type Entry,
  type Position,
  parseConversationId,
  type UserId,
} from '@hongyan/protocol';
import { cursorSum, initialCursors, mergeCursor, mergeCursors } from './cursors.ts';
import { keepEntry, lastRun, runBefore } from './entries.ts';
import { GAP_FILL_MAX, HELD_ENTRIES_MAX } from './limits.ts';
import type { ConversationRecord, UnreadRecord } from './types.ts';
import { addNewer, addOlder, countUnread, fromPage, moveRead, nothingUnread } from './unread.ts';

/** What has to be asked of the server before the log is known to be right. */
export type Missing = 'nothing' | 'entries' | 'state';

/** One conversation's log as this device holds it: not the entries, but which of them the store has. */
export class ConversationLog {
  readonly conversationId: ConversationId;
  /** SYN-8. */
  readonly hash: number;
  readonly #me: UserId;
  #kind: ConversationKind;
  #generation = 0;
  #fromSeq = 1;
  #toSeq = 0;
  #cursors: Cursor[];
  #lastEntry: Entry | undefined;
  /** CON-7: the latest client time of one's own entries. */
  #ownTimeMs = 0;
  #newestHeld: Entry | undefined;
  #unread: UnreadRecord = nothingUnread;
  /** SYN-3: entries beyond a gap, by seq. */
  readonly #held = new Map<number, Entry>();
  #stated: { lastSeq: number; readSeq: number; unreadCount: number } | undefined;
  #isSuspect = false;
  #needsRecount = false;

  /** The end of the server's log, as far as anything said so. */
  lastSeq = 0;
  /** RCP-1: how far the store is known to hold it. */
  durableToSeq = 0;
  /** The read position the server is known to have been told. */
  statedReadSeq = 0;
  /** The last entry by somebody else that was added since the program started. */
  othersToSeq = 0;

  constructor(conversationId: ConversationId, me: UserId, record?: ConversationRecord) {
    this.conversationId = conversationId;
    this.hash = conversationHash(conversationId);
    this.#me = me;
    this.#kind = record?.kind ?? parseConversationId(conversationId)?.kind ?? ConversationKind.UNSPECIFIED;
    this.#cursors = mergeCursors(initialCursors(conversationId), record?.cursors ?? []);
    if (!record) return;
    this.#generation = record.generation;
    this.#fromSeq = record.fromSeq;
    this.#toSeq = record.toSeq;
    this.#lastEntry = record.lastEntry;
    this.#ownTimeMs = record.ownTimeMs ?? 0;
    this.#unread = moveRead(record.unread, this.readSeq);
    this.#needsRecount = record.needsRecount === true && this.#unread.before > 0;
    this.lastSeq = record.toSeq;
    this.durableToSeq = record.toSeq;
    this.statedReadSeq = this.#tellableReadSeq;
  }

  get kind(): ConversationKind {
    return this.#kind;
  }
  get generation(): number {
    return this.#generation;
  }
  get fromSeq(): number {
    return this.#fromSeq;
  }
  get toSeq(): number {
    return this.#toSeq;
  }
  get ownTimeMs(): number {
    return this.#ownTimeMs;
  }
  get lastEntry(): Entry | undefined {
    return this.#lastEntry;
  }
  /** The newest that is known, also when there is a gap before it. */
  get newestEntry(): Entry | undefined {
    return this.#newestHeld && this.#newestHeld.seq > this.#toSeq ? this.#newestHeld : this.#lastEntry;
  }
  get cursors(): readonly Cursor[] {
    return this.#cursors;
  }
  get readSeq(): number {
    return this.own.readSeq;
  }
  get own(): Cursor {
    return this.#cursors.find(({ userId }) => userId === this.#me) ?? { userId: this.#me, deliveredSeq: 0, readSeq: 0 };
  }
  /** What the store has: it may be claimed of the conversation (RCP-1). */
  get position(): Omit<Position, 'readSeq'> {
    return { conversationHash: this.hash, seq: this.durableToSeq, cursorSum: cursorSum(this.#cursors) };
  }

  /** Whether `state` would tell the server of something that it was not told. */
  get hasUntold(): boolean {
    return this.own.deliveredSeq < this.durableToSeq || this.#tellableReadSeq > this.statedReadSeq;
  }

  /** The position as it is stated one by one; from then on the server counts as told of it. */
  state(): Position {
    this.statedReadSeq = Math.max(this.statedReadSeq, this.#tellableReadSeq);
    this.moveCursor({ ...this.own, deliveredSeq: this.durableToSeq });
    return { ...this.position, readSeq: this.statedReadSeq };
  }

  get #tellableReadSeq(): number {
    return Math.min(this.readSeq, this.durableToSeq);
  }

  /** RCP-5. While entries are missing the server's own count is the better one. */
  get unreadCount(): number {
    const stated = this.#stated;
    if (stated && this.#toSeq < stated.lastSeq && stated.readSeq === this.readSeq) {
      const since = this.#othersSeqs([...this.#held.values()]).filter((seq) => seq > stated.lastSeq);
      return stated.unreadCount + since.length;
    }
    return countUnread(this.#unread);
  }

  /** REC-8: of these, those that were not cleared. */
  unreadAfter({ throughSeq, readSeq, unreadCount }: Cleared): number {
    if (throughSeq <= this.readSeq) return this.unreadCount;
    if (this.#toSeq < this.lastSeq) return Math.min(this.unreadCount, Math.max(0, this.lastSeq - throughSeq));
    const left = moveRead(this.#unread, throughSeq);
    // Of those that the server counted before the ones known one by one, some are cleared: it was noted how many. Where it
    // stopped counting there are enough without them.
    const isExact = countUnread(this.#unread) < DEFAULT_LIMITS.unreadCountMax;
    const isAmongCounted = isExact && throughSeq < this.#unread.fromSeq && readSeq === this.readSeq;
    const counted = isAmongCounted ? Math.min(left.before, this.#unread.before - unreadCount) : left.before;
    return Math.max(0, counted) + left.seqs.length;
  }

  get missing(): Missing {
    if (this.#isSuspect) return 'state';
    // What is counted is a log without an end missing, so that comes first.
    if (this.#toSeq >= this.lastSeq) return this.#needsRecount ? 'state' : 'nothing';
    return this.#toSeq === 0 || this.gapLength > GAP_FILL_MAX ? 'state' : 'entries';
  }

  /** How many entries lie between those held without a gap and the next that is known. */
  get gapLength(): number {
    return Math.min(this.lastSeq + 1, ...this.#held.keys()) - this.#toSeq - 1;
  }

  /** SYN-3: applies the entry and what it makes applicable, holds it back, or drops it. Gives what was added. */
  offer(entry: Entry, unreadCountMax: number): Entry[] {
    this.lastSeq = Math.max(this.lastSeq, entry.seq);
    if (entry.seq <= this.#toSeq) return [];
    const kept = keepEntry(entry);
    if (entry.seq === this.#toSeq + 1) return this.#append([kept], unreadCountMax);
    if (entry.seq > (this.#newestHeld?.seq ?? 0)) this.#newestHeld = kept;
    if (this.#held.size < HELD_ENTRIES_MAX) this.#held.set(entry.seq, kept);
    return [];
  }

  /** SYN-21: whether nothing is held, or so much lies before the page that it is left to be fetched on demand. */
  isFarBehind(page: readonly Entry[]): boolean {
    const first = lastRun(page)[0];
    return first !== undefined && (this.#toSeq === 0 || first.seq - this.#toSeq - 1 > GAP_FILL_MAX);
  }

  /** Takes a page as the local log, in place of what was held. */
  adopt(page: readonly Entry[], unreadCountMax: number): Entry[] {
    const run = lastRun(page).map(keepEntry);
    const first = run[0];
    if (first === undefined) return [];
    this.#fromSeq = first.seq;
    this.#toSeq = first.seq - 1;
    const stated = this.#stated;
    const added = this.#append(run, unreadCountMax);
    // Others may have written what lies before the page: they wait to hear that it was delivered.
    this.othersToSeq = Math.max(this.othersToSeq, first.seq - 1);
    const othersSeqs = this.#othersSeqs(added);
    const uncounted = othersSeqs.filter((seq) => seq > (stated?.lastSeq ?? 0)).length;
    const unknown = Math.max(0, first.seq - 1 - Math.max(stated?.lastSeq ?? 0, this.readSeq));
    const statedCount = (stated?.unreadCount ?? 0) + uncounted + unknown;
    const unread = fromPage({ othersSeqs, fromSeq: first.seq, readSeq: this.readSeq, statedCount });
    this.#unread = moveRead(unread, this.readSeq);
    // Counted for another read position or a shorter log, it is no more than a bound of what lies before the page.
    const isCounted = stated?.readSeq === this.readSeq && unknown === 0;
    this.#needsRecount = this.#unread.before > 0 && !isCounted;
    return added;
  }

  /** Adds what reaches up to the oldest entry held. Gives what was added, ascending. */
  prepend(older: readonly Entry[]): Entry[] {
    const run = runBefore(older, this.#fromSeq).map(keepEntry);
    const isKnownFrom = this.#fromSeq >= this.#unread.fromSeq;
    this.#fromSeq = run[0]?.seq ?? this.#fromSeq;
    // Else some between the two are held and only counted: another tab had more of the log than this one, or they are too many.
    if (isKnownFrom) this.#unread = addOlder(this.#unread, this.#othersSeqs(run), this.#fromSeq, this.readSeq);
    return run;
  }

  /** Whether the cursor moved. */
  moveCursor(stated: Cursor): boolean {
    const known = this.#cursors.find(({ userId }) => userId === stated.userId);
    const merged = mergeCursor(known, stated);
    if (merged === known) return false;
    this.#cursors = [...this.#cursors.filter((cursor) => cursor !== known), merged];
    if (stated.userId === this.#me && merged.readSeq !== known?.readSeq) {
      this.#needsRecount = merged.readSeq < this.#unread.fromSeq - 1 && this.#unread.before > 0;
      this.#unread = moveRead(this.#unread, merged.readSeq);
    }
    return true;
  }

  /** Merges what the server says. A log shorter than what is held makes it suspect (SYN-7), to be confirmed by asking. */
  observe(state: ConversationState): void {
    this.#kind = state.kind;
    for (const cursor of state.cursors) {
      if (cursor.userId === this.#me) this.statedReadSeq = Math.max(this.statedReadSeq, cursor.readSeq);
      this.moveCursor(cursor);
    }
    const readSeq = state.cursors.find(({ userId }) => userId === this.#me)?.readSeq ?? 0;
    this.#stated = { lastSeq: state.lastSeq, readSeq, unreadCount: state.unreadCount };
    this.#isSuspect = state.lastSeq < this.#toSeq;
    this.lastSeq = Math.max(this.lastSeq, state.lastSeq);
  }

  /** The server answered what it was asked for; this settles doubts, and the count of what is not held. */
  confirm(state: ConversationState): void {
    this.observe(state);
    this.#isSuspect = false;
    if (this.#unread.before === 0) this.#needsRecount = false;
    if (this.#unread.before === 0 || state.lastSeq !== this.#toSeq || this.#stated?.readSeq !== this.readSeq) return;
    this.#needsRecount = false;
    this.#unread = { ...this.#unread, before: Math.max(0, state.unreadCount - this.#unread.seqs.length) };
  }

  /** A page says where the log ends: what was believed beyond it is not there. */
  endsAt(lastSeq: number): void {
    this.lastSeq = Math.max(this.#toSeq, lastSeq, ...this.#held.keys());
  }

  /** SYN-7: forgets the local log and its cursors. */
  reset(): void {
    this.#generation += 1;
    this.#fromSeq = 1;
    this.#toSeq = 0;
    this.#lastEntry = undefined;
    this.#newestHeld = undefined;
    this.#cursors = initialCursors(this.conversationId);
    this.#unread = nothingUnread;
    this.#held.clear();
    this.#stated = undefined;
    this.#isSuspect = false;
    this.#needsRecount = false;
    this.lastSeq = 0;
    this.durableToSeq = 0;
    this.statedReadSeq = 0;
    this.othersToSeq = 0;
  }

  record(): ConversationRecord {
    return {
      conversationId: this.conversationId,
      kind: this.#kind,
      generation: this.#generation,
      fromSeq: this.#fromSeq,
      toSeq: this.#toSeq,
      cursors: this.#cursors,
      lastEntry: this.#lastEntry,
      ownTimeMs: this.#ownTimeMs,
      unread: this.#unread,
      needsRecount: this.#needsRecount,
    };
  }

  #append(run: readonly Entry[], unreadCountMax: number): Entry[] {
    const added = [...run];
    this.#toSeq = added.at(-1)?.seq ?? this.#toSeq;
    for (let next = this.#held.get(this.#toSeq + 1); next; next = this.#held.get(this.#toSeq + 1)) {
      added.push(next);
      this.#toSeq = next.seq;
    }
    for (const seq of this.#held.keys()) if (seq <= this.#toSeq) this.#held.delete(seq);
    if (this.#held.size === 0) this.#newestHeld = undefined;
    this.#lastEntry = added.at(-1) ?? this.#lastEntry;
    this.lastSeq = Math.max(this.lastSeq, this.#toSeq);
    for (const { senderId, clientTimeMs } of added) {
      if (senderId === this.#me) this.#ownTimeMs = Math.max(this.#ownTimeMs, clientTimeMs);
    }
    const others = this.#othersSeqs(added);
    this.othersToSeq = others.at(-1) ?? this.othersToSeq;
    this.#unread = addNewer(
      this.#unread,
      others.filter((seq) => seq > this.readSeq),
      unreadCountMax,
    );
    return added;
  }

  #othersSeqs(entries: readonly Entry[]): number[] {
    return entries.filter(({ senderId }) => senderId !== this.#me).map(({ seq }) => seq);
  }
}
