import type {
  ConversationId,
  ConversationUpdate,
  Cursor,
  Entry,
  EntryPage,
  Receipt,
  UserEvent,
  UserId,
} from '@hongyan/protocol';
import { ConversationLog } from './conversation-log.ts';
import { mergeCursor } from './cursors.ts';
import { HoldingsStatements } from './holdings.ts';
import type { Journal } from './journal.ts';
import { UNSTORED_ENTRIES_MAX } from './limits.ts';
import type { ConversationRecord } from './types.ts';

/** Told what sync does to the logs. */
export interface SyncListener {
  /** Entries were added at the end of a log, ascending. */
  /** MSG-21: the bodies of a message and of its edits have to go, wherever they are. */
  erased(log: ConversationLog, seqs: readonly number[]): void;
  entriesAdded(log: ConversationLog, entries: readonly Entry[], how: 'following' | 'adopted'): void;
  /** SYN-21: what was held is not the end of the log any more: a page that does not touch it took its place. */
  runDropped(log: ConversationLog): void;
  /** What lies before the log's first entry may not be read any more. */
  trimmed(log: ConversationLog): void;
  /** SYN-7: the local log was dropped. */
  logDropped(log: ConversationLog): void;
  changed(conversationId: ConversationId): void;
}

/** The device's copy of the conversation logs, and what the server says to it. */
export class Sync {
  readonly #me: UserId;
  readonly #journal: Journal;
  readonly #listener: SyncListener;
  readonly #now: () => number;
  readonly #logs = new Map<ConversationId, ConversationLog>();
  /** Logs that may miss something. */
  readonly #behind = new Set<ConversationId>();
  readonly statements = new HoldingsStatements(() => this.#logs.values());
  unreadCountMax: number;

  constructor(
    me: UserId,
    records: readonly ConversationRecord[],
    unreadCountMax: number,
    journal: Journal,
    listener: SyncListener,
    now: () => number,
  ) {
    this.#now = now;
    this.#me = me;
    this.#journal = journal;
    this.#listener = listener;
    this.unreadCountMax = unreadCountMax;
    for (const record of records) {
      const log = new ConversationLog(record.conversationId, me, record, now);
      this.#logs.set(record.conversationId, log);
      this.#check(log);
    }
  }

  log(conversationId: ConversationId): ConversationLog | undefined {
    return this.#logs.get(conversationId);
  }

  get conversationIds(): Iterable<ConversationId> {
    return this.#logs.keys();
  }

  /** The logs that miss something, and what. */
  *behind(): Iterable<ConversationLog> {
    for (const conversationId of this.#behind) {
      const log = this.#logs.get(conversationId);
      if (log && log.missing !== 'nothing') yield log;
      else this.#behind.delete(conversationId);
    }
  }

  /** An entry from the push path, which may lose, double and reorder (SYN-4), or one's own after MessageSent. */
  entry(entry: Entry): void {
    const log = this.#open(entry.conversationId);
    if (this.#isFull) log.lastSeq = Math.max(log.lastSeq, entry.seq);
    else this.#added(log, log.offer(entry, this.unreadCountMax), 'following');
    this.#check(log);
  }

  /** The server has an entry at `seq`: it is fetched when the push path does not bring it. */
  expect(conversationId: ConversationId, seq: number): void {
    const log = this.#open(conversationId);
    log.lastSeq = Math.max(log.lastSeq, seq);
    this.#check(log);
  }

  /** The server is known to have heard what it was told. Kept, so that it is not told again after a restart. */
  heard(): void {
    for (const conversationId of this.statements.confirmed()) this.#journal.addConversation(conversationId);
  }

  receipt({ conversationId, ...cursor }: Receipt): void {
    const log = this.#logs.get(conversationId);
    if (log) this.moveCursor(log, cursor);
  }

  /** Own cursors too: when another device read (D3), or the person did here. */
  moveCursor(log: ConversationLog, cursor: Cursor): void {
    const known = log.cursors.find(({ userId }) => userId === cursor.userId);
    if (mergeCursor(known, cursor) === known) return;
    if (cursor.userId === this.#me) log.statedReadSeq = Math.max(log.statedReadSeq, cursor.readSeq);
    log.moveCursor(cursor);
    this.#touched(log);
  }

  /** The person read all that is held. Stated to the server when the store has it. */
  readHere(log: ConversationLog): void {
    // An announcement is no unread message, and yet it is told who has read it (RCP-9).
    const isAnnounced = log.facts.announcementSeq > log.readSeq;
    if ((log.unreadCount === 0 && !isAnnounced) || log.toSeq <= log.readSeq) return;
    log.moveCursor({ userId: this.#me, deliveredSeq: 0, readSeq: log.toSeq });
    this.#touched(log);
  }

  /** Pushed while a session begins, when something differs from the stated position. */
  update({ state, entries }: ConversationUpdate): void {
    if (!state) return;
    const log = this.#open(state.conversationId);
    this.#observing(log, () => log.observe(state));
    this.#take(log, entries);
  }

  /** The answer to FetchConversation, asked when `toSeq` was held. */
  confirmed({ state, entries }: ConversationUpdate, asked: { generation: number; toSeq: number }): void {
    if (!state) return;
    const log = this.#open(state.conversationId);
    if (log.generation !== asked.generation) return;
    this.#observing(log, () => {
      if (state.lastSeq < asked.toSeq) log.reset();
      log.confirm(state);
    });
    this.#take(log, entries);
  }

  /** The answer to FetchEntries after the end of what is held. */
  newerPage(page: EntryPage): void {
    const log = this.#logs.get(page.conversationId);
    if (!log) return;
    for (const entry of page.entries) this.#added(log, log.offer(entry, this.unreadCountMax), 'following');
    log.endsAt(page.lastSeq);
    this.#check(log);
  }

  /** The answer to FetchEntries below the oldest that is held. Gives what was added. */
  olderPage(page: EntryPage): Entry[] {
    const log = this.#logs.get(page.conversationId);
    const added = log?.prepend(page.entries, page.changes) ?? [];
    if (log && added.length > 0) {
      const kept = added.filter(({ seq }) => seq >= log.fromSeq);
      this.#journal.addEntries(log.conversationId, kept);
      this.#listener.changed(log.conversationId);
    }
    return added;
  }

  userEvent({ event }: UserEvent): void {
    switch (event?.case) {
      case 'readMoved': {
        const { conversationId, readSeq } = event.value;
        const log = this.#logs.get(conversationId);
        if (log) this.moveCursor(log, { userId: this.#me, deliveredSeq: 0, readSeq });
        return;
      }
      case 'conversationJoined': {
        const log = this.#open(event.value.conversationId);
        log.lastSeq = Math.max(log.lastSeq, 1);
        this.#check(log);
        return;
      }
      case 'deviceAdded':
      case 'deviceRenamed':
      case 'deviceRemoved':
      case 'recordChanged':
      case undefined:
        return;
    }
  }

  /** What the server says may end the local log, or what lies before some place of it. */
  #observing(log: ConversationLog, observe: () => void): void {
    const { generation, fromSeq } = log;
    observe();
    if (log.generation !== generation) {
      this.#journal.dropEntries(log.conversationId);
      this.#listener.logDropped(log);
    } else if (log.fromSeq > fromSeq) this.#listener.trimmed(log);
  }

  #take(log: ConversationLog, entries: readonly Entry[]): void {
    if (log.isFarBehind(entries)) {
      if (log.toSeq > 0) this.#listener.runDropped(log);
      this.#added(log, log.adopt(entries, this.unreadCountMax), 'adopted');
    } else for (const entry of entries) this.#added(log, log.offer(entry, this.unreadCountMax), 'following');
    this.#touched(log);
  }

  #added(log: ConversationLog, entries: readonly Entry[], how: 'following' | 'adopted'): void {
    if (entries.length === 0) return;
    this.#journal.addEntries(log.conversationId, entries);
    this.#spread(log);
    this.#listener.entriesAdded(log, entries, how);
    this.#listener.changed(log.conversationId);
  }

  /** MSG-23: erases what is over by now, and says when the next message will be. */
  expire(): number {
    let nextDueMs = Number.POSITIVE_INFINITY;
    for (const log of this.#logs.values()) {
      if (log.expire()) {
        this.#spread(log);
        this.#touched(log);
      }
      nextDueMs = Math.min(nextDueMs, log.nextDueMs);
    }
    return nextDueMs;
  }

  /** MSG-21: what the log erased goes from the store in the batch that has the reason, and from memory. */
  #spread(log: ConversationLog): void {
    const seqs = log.takeErased();
    if (seqs.length === 0) return;
    for (const seq of seqs) this.#journal.erase(log.conversationId, seq);
    this.#listener.erased(log, seqs);
  }

  #touched(log: ConversationLog): void {
    this.#journal.addConversation(log.conversationId);
    this.#listener.changed(log.conversationId);
    this.#check(log);
  }

  #check(log: ConversationLog): void {
    if (log.missing !== 'nothing') this.#behind.add(log.conversationId);
  }

  /** The store cannot keep up: pushes are left to be fetched later. */
  get #isFull(): boolean {
    return this.#journal.unstoredCount >= UNSTORED_ENTRIES_MAX;
  }

  #open(conversationId: ConversationId): ConversationLog {
    let log = this.#logs.get(conversationId);
    if (!log) {
      log = new ConversationLog(conversationId, this.#me, undefined, this.#now);
      this.#logs.set(conversationId, log);
    }
    return log;
  }
}
