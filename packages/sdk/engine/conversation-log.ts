import {
  type Cleared,
  type ConversationId,
  ConversationKind,
  type ConversationState,
  type Cursor,
  conversationHash,
  type Entry,
  EntryKind,
  type Facts,
  factsAfter,
  type Membership,
  NO_FACTS,
  type Position,
  parseConversationId,
  type UserId,
} from '@hongyan/protocol';
import { cursorSum, initialCursors, mergeCursor, mergeCursors } from './cursors.ts';
import { erasedEntry, goesWith, keepEntry, lastRun, runBefore, targetOf } from './entries.ts';
import { Erasures } from './erasures.ts';
import { GAP_FILL_MAX, HELD_ENTRIES_MAX } from './limits.ts';
import { cursorsAfter, membershipAfter } from './membership.ts';
import { shownAfter, shownWithout } from './shown-entry.ts';
import { TimedMessages } from './timed-messages.ts';
import type { ConversationRecord, ShownEntry } from './types.ts';
import { UnreadCounts } from './unread-counts.ts';

/** What has to be asked of the server before the log is known to be right; `shown`: it holds no line that could be shown. */
export type Missing = 'nothing' | 'entries' | 'state' | 'shown';

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
  #cursors: readonly Cursor[];
  #lastEntry: Entry | undefined;
  /** CON-7: the latest client time of one's own entries. */
  #ownTimeMs = 0;
  #newestHeld: Entry | undefined;
  #shown: ShownEntry | undefined;
  #facts: Facts = NO_FACTS;
  #membership: Membership | undefined;
  #counts: UnreadCounts;
  #timed: TimedMessages;
  /** Nothing before it is kept in the store. */
  #keptFromSeq = 1;
  readonly #now: () => number;
  /** MSG-21: what was erased since the program started and not looked at by `takeErased`. */
  #erased: number[] = [];
  readonly #erasures = new Erasures();
  /** SYN-3: entries beyond a gap, by seq. */
  readonly #held = new Map<number, Entry>();
  #isSuspect = false;

  /** The end of the server's log, as far as anything said so. */
  lastSeq = 0;
  /** RCP-1: how far the store is known to hold it. */
  durableToSeq = 0;
  /** The read position the server is known to have been told. */
  statedReadSeq = 0;
  /** The last entry by somebody else that was added since the program started. */
  othersToSeq = 0;

  /** `now`: the server's time. */
  constructor(conversationId: ConversationId, me: UserId, record?: ConversationRecord, now = () => 0) {
    this.#now = now;
    this.conversationId = conversationId;
    this.hash = conversationHash(conversationId);
    this.#me = me;
    this.#kind = record?.kind ?? parseConversationId(conversationId)?.kind ?? ConversationKind.UNSPECIFIED;
    this.#cursors = mergeCursors(initialCursors(conversationId), record?.cursors ?? []);
    this.#counts = new UnreadCounts(me, record, this.readSeq);
    this.#timed = new TimedMessages(record?.timed);
    if (!record) return;
    this.#facts = record.facts ?? NO_FACTS;
    this.#membership = record.membership;
    this.#keptFromSeq = record.firstSeq ?? 1;
    // The program may have ended before it heard what the account is there.
    this.#isSuspect = this.#kind === ConversationKind.GROUP && !(record.facts && record.membership);
    this.#shown = record.facts || !record.lastEntry ? record.shown : { entry: record.lastEntry };
    this.#generation = record.generation;
    this.#fromSeq = record.fromSeq;
    this.#toSeq = record.toSeq;
    this.#lastEntry = record.lastEntry;
    this.#ownTimeMs = record.ownTimeMs ?? 0;
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
  /** The last line that is known, also when there is a gap before it. */
  get shown(): ShownEntry | undefined {
    const newest = this.#newestHeld && !this.#held.has(this.#newestHeld.seq) ? [this.#newestHeld] : [];
    const held = [...this.#held.values(), ...newest].sort((a, b) => a.seq - b.seq);
    return held.reduce(shownAfter, this.#shown);
  }
  get facts(): Facts {
    return this.#facts;
  }
  get membership(): Membership | undefined {
    return this.#membership;
  }
  /** Nothing before it may be read. */
  get firstSeq(): number {
    return this.#membership?.firstSeq || 1;
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

  /** RCP-5. */
  get unread(): { unread: number; mentions: number } {
    return this.#counts.read({ toSeq: this.#toSeq, readSeq: this.readSeq, held: [...this.#held.values()] });
  }

  get unreadCount(): number {
    return this.unread.unread;
  }

  /** REC-8: of these, those that were not cleared. */
  unreadAfter(cleared: Cleared): { unread: number; mentions: number } {
    const { unread, mentions } = this.unread;
    if (cleared.throughSeq <= this.readSeq) return { unread, mentions };
    if (this.#toSeq >= this.lastSeq) return this.#counts.after(cleared, this.readSeq);
    const max = Math.max(0, this.lastSeq - cleared.throughSeq);
    return { unread: Math.min(unread, max), mentions: Math.min(mentions, max) };
  }

  get missing(): Missing {
    if (this.#isSuspect) return 'state';
    // What is counted is a log without an end missing, so that comes first.
    if (this.#toSeq >= this.lastSeq) {
      if (this.#counts.needsRecount) return 'state';
      return this.#shown || this.#fromSeq <= this.firstSeq || this.#toSeq === 0 ? 'nothing' : 'shown';
    }
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
    this.#shown = undefined;
    const added = this.#append(run, unreadCountMax);
    // Others may have written what lies before the page: they wait to hear that it was delivered.
    this.othersToSeq = Math.max(this.othersToSeq, first.seq - 1);
    this.#counts.adopted(added, this.readSeq);
    return added;
  }

  /** Adds what reaches up to the oldest entry held; `changes` are later entries that change some. Gives what was added, ascending. */
  prepend(older: readonly Entry[], changes: readonly Entry[] = []): Entry[] {
    const readable = older.filter(({ seq }) => seq >= this.firstSeq);
    const run = this.cleaned(runBefore(readable, this.#fromSeq).map(keepEntry));
    const isKnownFrom = this.#fromSeq >= this.#counts.fromSeq;
    this.#fromSeq = Math.max(run[0]?.seq ?? this.#fromSeq, Math.min(this.#fromSeq, this.#keptFromSeq));
    for (const entry of run) this.#timed.add(entry, entry.senderId === this.#me, this.#readAtMs(entry));
    // Else some between the two are held and only counted: another tab had more of the log than this one, or they are too many.
    if (isKnownFrom) this.#counts.prepended(run, this.#fromSeq, this.readSeq);
    this.#shown ??= [...run, ...changes.map(keepEntry)].reduce(shownAfter, undefined as ShownEntry | undefined);
    return run;
  }

  /** Entries from elsewhere than the end of the log, without what is known to be erased. */
  cleaned(entries: readonly Entry[]): Entry[] {
    const nowMs = this.#now();
    return entries.map((entry) => (this.#erasures.cover(entry, nowMs) ? erasedEntry(entry) : entry));
  }

  /** Whether the cursor moved. */
  moveCursor(stated: Cursor): boolean {
    const known = this.#cursors.find(({ userId }) => userId === stated.userId);
    const merged = mergeCursor(known, stated);
    if (merged === known) return false;
    this.#cursors = [...this.#cursors.filter((cursor) => cursor !== known), merged];
    if (stated.userId === this.#me && merged.readSeq !== known?.readSeq) {
      this.#counts.readMoved(merged.readSeq);
    }
    if (merged.readSeq > 0) {
      this.#timed.read(stated.userId === this.#me ? 'me' : 'other', merged.readSeq, this.#now());
    }
    return true;
  }

  /** Merges what the server says. A log shorter than what is held makes it suspect (SYN-7), to be confirmed by asking. */
  observe(state: ConversationState): void {
    this.#kind = state.kind;
    const isDoubtful = !this.#observeFacts(state) && this.#isSuspect;
    for (const cursor of state.cursors) {
      if (cursor.userId === this.#me) this.statedReadSeq = Math.max(this.statedReadSeq, cursor.readSeq);
      this.moveCursor(cursor);
    }
    const readSeq = state.cursors.find(({ userId }) => userId === this.#me)?.readSeq ?? 0;
    this.#counts.stated({ ...state, readSeq });
    this.#isSuspect = isDoubtful || state.lastSeq < this.#toSeq;
    this.lastSeq = Math.max(this.lastSeq, state.lastSeq);
  }

  /** The server answered what it was asked for; this settles doubts, and the count of what is not held. */
  confirm(state: ConversationState): void {
    this.observe(state);
    if ((state.facts?.seq ?? 0) >= this.#facts.seq) this.#isSuspect = false;
    this.#counts.confirmed({ toSeq: this.#toSeq, readSeq: this.readSeq });
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
    this.#shown = undefined;
    this.#facts = NO_FACTS;
    this.#membership = undefined;
    this.#counts = new UnreadCounts(this.#me);
    this.#timed = new TimedMessages();
    this.#held.clear();
    this.#isSuspect = false;
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
      ...this.#counts.record,
      shown: this.#shown,
      facts: this.#facts,
      membership: this.#membership,
      firstSeq: this.#keptFromSeq,
      timed: this.#timed.all(),
    };
  }

  /** When the next message with a lifetime is over. */
  get nextDueMs(): number {
    return this.#timed.nextDueMs;
  }

  dueMs(seq: number): number | undefined {
    return this.#timed.dueMs(seq);
  }

  /** MSG-23: erases what is over by now. Whether that was anything. */
  expire(): boolean {
    const due = this.#timed.due(this.#now());
    for (const seq of due) this.#erase(seq);
    return due.length > 0;
  }

  /** What was erased since this was asked last: it has to go everywhere. */
  takeErased(): number[] {
    const erased = this.#erased;
    this.#erased = [];
    return erased;
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
    this.#counts.added(added, this.readSeq, unreadCountMax);
    for (const entry of added) this.#apply(entry);
    this.expire();
    this.#keepFrom(this.#timed.surplusBefore ?? 0);
    return this.cleaned(added);
  }

  /** What an entry that follows means to the rest. */
  #apply(entry: Entry): void {
    const { seq, kind, senderId, clientTimeMs } = entry;
    const mine = senderId === this.#me;
    if (mine) this.#ownTimeMs = Math.max(this.#ownTimeMs, clientTimeMs);
    else this.othersToSeq = seq;
    this.#shown = shownAfter(this.#shown, entry);
    this.#timed.add(entry, mine, this.#readAtMs(entry));
    if (kind === EntryKind.RECALL) this.#erase(targetOf(entry));
    if (seq <= this.#facts.seq) return;
    this.#facts = factsAfter(this.#facts, entry);
    this.#cursors = cursorsAfter(this.#cursors, entry, this.#me);
    const membership = membershipAfter(this.#membership, entry, this.#me);
    // The first entry of a group does not say who is in it.
    if (membership === 'unknown' || kind === EntryKind.GROUP_CREATED) this.#isSuspect = true;
    else this.#membership = membership;
  }

  /** MSG-21. */
  #erase(seq: number): void {
    this.#erased.push(seq);
    this.#erasures.add(seq);
    this.#counts.erased(seq, this.readSeq);
    this.#timed.remove(seq);
    this.#shown = shownWithout(this.#shown, seq);
    if (this.#lastEntry && goesWith(this.#lastEntry, seq)) this.#lastEntry = erasedEntry(this.#lastEntry);
  }

  /** MSG-23: when its recipient is known to have read it: now, if that is so. */
  #readAtMs({ seq, kind, senderId, header }: Entry): number | undefined {
    const messageSeq = kind === EntryKind.EDIT ? targetOf({ header }) : seq;
    const isRead = this.#cursors.some(
      ({ userId, readSeq }) => (userId === this.#me) !== (senderId === this.#me) && readSeq >= messageSeq,
    );
    return isRead ? this.#now() : undefined;
  }

  /** Whether it is no older than what is known: the log may have gone on while it was under way. */
  #observeFacts({ kind, facts = NO_FACTS, membership, cursors }: ConversationState): boolean {
    if (facts.seq < this.#facts.seq) return false;
    const isTold = (of: Cursor) => of.userId === this.#me || cursors.some(({ userId }) => userId === of.userId);
    if (kind === ConversationKind.GROUP) this.#cursors = this.#cursors.filter(isTold);
    this.#facts = facts;
    this.#membership = membership ?? this.#membership;
    this.#keepFrom(this.firstSeq);
    return true;
  }

  /** What lies before is dropped; where that is all, the log begins anew. */
  #keepFrom(seq: number): void {
    if (this.#toSeq === 0 || seq <= this.#fromSeq) return;
    if (seq > this.#toSeq) {
      const { facts, membership } = this;
      this.reset();
      this.#facts = facts;
      this.#membership = membership;
      return;
    }
    this.#fromSeq = seq;
    this.#keptFromSeq = seq;
    this.#timed.removeBefore(seq);
    if (this.firstSeq === seq) this.#counts.beginAt(seq);
    if (this.#shown && this.#shown.entry.seq < seq) this.#shown = undefined;
  }
}
