import {
  type ConversationId,
  DEFAULT_LIMITS,
  type Entry,
  EntryKind,
  type Limits,
  type Push,
  type UserEvent,
  type UserId,
} from '@hongyan/protocol';
import type { Contact, Conversation, MessageState, Unread } from '../types.ts';
import { AccountRecords } from './account-records.ts';
import type { ConversationLog } from './conversation-log.ts';
import { ConversationList, summarise } from './conversations.ts';
import { othersProgress } from './cursors.ts';
import { Journal } from './journal.ts';
import { EXPIRY_LOOK_MAX_MS } from './limits.ts';
import { addedBy } from './membership.ts';
import { messageFromEntry, receiptState } from './message.ts';
import type { Outbox } from './outbox.ts';
import { shownState } from './outbox-states.ts';
import { OwnMessages } from './own-messages.ts';
import { OwnTimes } from './own-times.ts';
import { Sync, type SyncListener } from './sync.ts';
import type { Account, EngineEffect, EngineSnapshot, MessageName } from './types.ts';
import { UnreadTotal } from './unread-total.ts';
import { UserLog } from './user-log.ts';
import type { View } from './window.ts';
import { type WindowName, Windows } from './windows.ts';

/** What this device has of one account: its logs, its outbox, its open timelines, and what of that is not stored yet. */
export class Replica {
  readonly account: Account;
  readonly journal: Journal;
  readonly sync: Sync;
  readonly userLog: UserLog;
  readonly own: OwnMessages;
  readonly windows: Windows;
  readonly records: AccountRecords;
  /** Conversations whose entries or read position the server may have to be told of. */
  readonly unstated = new Set<ConversationId>();
  readonly #times = new OwnTimes();
  readonly #list = new ConversationList();
  readonly #unread = new UnreadTotal();
  readonly #changed = new Set<ConversationId>();
  readonly #effect: (effect: EngineEffect) => void;
  limits: Limits = DEFAULT_LIMITS;
  /** The server's time as the device knows it. */
  nowMs: number;
  #dueMs = Number.POSITIVE_INFINITY;

  constructor(
    account: Account,
    snapshot: EngineSnapshot,
    hooks: { effect: (effect: EngineEffect) => void; newBatchId: () => number; nowMs: number },
  ) {
    const { effect, newBatchId, nowMs } = hooks;
    this.nowMs = nowMs;
    this.account = account;
    this.journal = new Journal(newBatchId);
    this.#effect = effect;
    this.userLog = new UserLog(snapshot.userSeq);
    this.own = new OwnMessages({
      me: account.userId,
      records: snapshot.outbox,
      journal: this.journal,
      sync: () => this.sync,
      effect,
      changed: (conversationId) => this.changed(conversationId),
    });
    const listener: SyncListener = {
      erased: ({ conversationId }, seqs) => {
        for (const seq of seqs) this.windows.erase(conversationId, seq);
        this.own.targetsErased(conversationId, seqs);
      },
      trimmed: ({ conversationId, fromSeq }) => this.windows.trimmed(conversationId, fromSeq),
      entriesAdded: (log, entries, how) => this.#entriesAdded(log, entries, how),
      runDropped: ({ conversationId }) => this.windows.cutOff(conversationId),
      logDropped: ({ conversationId }) => {
        this.windows.dropped(conversationId);
        this.own.logDropped(conversationId);
      },
      changed: (conversationId) => this.changed(conversationId),
    };
    const { unreadCountMax } = this.limits;
    this.sync = new Sync(
      account.userId,
      snapshot.conversations,
      unreadCountMax,
      this.journal,
      listener,
      () => this.nowMs,
    );
    this.records = new AccountRecords(account.userId, snapshot.records, {
      keep: (record) => this.journal.putRecord(record),
      notice: (notice) => effect({ type: 'emit', notice }),
      cleared: (conversationId) => {
        this.windows.cleared(conversationId);
        this.changed(conversationId);
      },
      marked: (conversationId) => this.changed(conversationId),
    });
    this.windows = new Windows({
      journal: this.journal,
      log: (conversationId) => this.sync.log(conversationId),
      clearedSeq: (conversationId) => this.records.cleared(conversationId).throughSeq,
      effect,
      changed: (conversationId) => this.changed(conversationId),
    });
    this.expire();
    for (const conversationId of this.sync.conversationIds) this.#list.changed(conversationId);
    for (const conversationId of this.outbox.conversationIds) this.#list.changed(conversationId);
  }

  get outbox(): Outbox {
    return this.own.outbox;
  }

  welcomed(limits: Limits): void {
    this.limits = limits;
    this.sync.unreadCountMax = limits.unreadCountMax;
  }

  conversations(): readonly Conversation[] {
    return this.#list.read((id) => this.#summary(id));
  }

  unread(): Unread {
    return this.#unread.read(this.conversations());
  }

  #summary(id: ConversationId): Conversation | undefined {
    const { userId } = this.account;
    const log = this.sync.log(id);
    const listed = {
      markedUnread: this.records.isMarkedUnread(id, log?.readSeq ?? 0),
      notify: this.records.notify(id),
      onTop: this.records.isOnTop(id),
    };
    return summarise(id, log, this.outbox.of(id), userId, { cleared: this.records.cleared(id), listed });
  }

  contacts(): readonly Contact[] {
    return this.records.contacts.list(this.nowMs);
  }

  contact(userId: UserId): Contact {
    return this.records.contacts.get(userId, this.nowMs);
  }

  timeline(name: WindowName): View | undefined {
    return this.windows.read(name, this.outbox.of(name.conversationId), this.account.userId);
  }

  messageState({ conversationId, clientMessageId, seq }: MessageName): MessageState | undefined {
    if (seq === undefined) {
      const item = this.outbox.get(clientMessageId);
      return item && shownState(item.progress);
    }
    const cursors = this.sync.log(conversationId)?.cursors ?? [];
    return receiptState(seq, othersProgress(cursors, this.account.userId));
  }

  changed(conversationId: ConversationId): void {
    this.#changed.add(conversationId);
    this.#list.changed(conversationId);
    this.windows.changed(conversationId);
    this.unstated.add(conversationId);
  }

  /** What a message says that is written at `nowMs` by the server's clock. */
  clientTime(conversationId: ConversationId, nowMs: number): number {
    const log = this.sync.log(conversationId);
    const outbox = this.own.outbox.of(conversationId);
    const known = { outbox, newest: log?.newestEntry, keptMs: log?.ownTimeMs ?? 0, me: this.account.userId };
    return this.#times.next(conversationId, nowMs, known);
  }

  retry(clientMessageId: string, nowMs: number): void {
    const record = this.own.outbox.get(clientMessageId)?.record;
    if (record) this.own.retry(clientMessageId, this.clientTime(record.conversationId, nowMs));
  }

  read(conversationId: ConversationId, nowMs: number): void {
    const log = this.sync.log(conversationId);
    if (log) this.sync.readHere(log);
    this.records.markRead(conversationId, nowMs);
  }

  /** REC-9. A conversation in which nothing was said cannot be marked. */
  markUnread(conversationId: ConversationId, nowMs: number): void {
    const lastSeq = this.sync.log(conversationId)?.lastSeq ?? 0;
    if (lastSeq > 0) this.records.markUnread(conversationId, lastSeq, nowMs);
  }

  /** REC-8: what is there now is not to be shown any more, and messages that failed are given up. */
  clear(conversationId: ConversationId, nowMs: number): void {
    for (const { record, progress } of this.outbox.of(conversationId)) {
      if (progress.name === 'failed') this.own.discard(record.clientMessageId);
    }
    const log = this.sync.log(conversationId);
    if (!log) return;
    const { readSeq, unreadCount } = log;
    this.records.clear(conversationId, { throughSeq: Math.max(log.lastSeq, log.toSeq), readSeq, unreadCount }, nowMs);
  }

  userEvent(event: UserEvent): void {
    if (!this.userLog.advance(event.seq)) return;
    this.journal.userSeqMoved();
    if (event.event?.case === 'recordChanged') this.records.heard(event.event.value);
    else if (isOfDevices(event)) this.#devicesChanged();
    else this.sync.userEvent(event);
  }

  /** All up to here is told otherwise; what nobody holds a copy of may have changed. */
  userLogCovered(seq: number): void {
    if (!this.userLog.covered(seq)) return;
    this.journal.userSeqMoved();
    this.#devicesChanged();
  }

  pushed(
    body: Exclude<
      NonNullable<Push['body']>,
      { case: 'closing' | 'positionsWanted' | 'synced' | 'presenceChanged' | 'typingChanged' }
    >,
  ): void {
    switch (body.case) {
      case 'entry':
        this.sync.entry(body.value);
        return;
      case 'receipt':
        this.sync.receipt(body.value);
        return;
      case 'receipts':
        for (const cursor of body.value.cursors) {
          this.sync.receipt({ conversationId: body.value.conversationId, ...cursor });
        }
        return;
      case 'conversationUpdate':
        this.sync.update(body.value);
        return;
      case 'userEvent':
        this.userEvent(body.value);
        return;
      case 'records':
        for (const record of body.value.records) this.records.heard(record);
        return;
    }
  }

  /** RCP-1: only now may the server be told. */
  persisted(batchId: number): void {
    for (const record of this.journal.written(batchId)?.conversations ?? []) {
      const log = this.sync.log(record.conversationId);
      if (log?.generation !== record.generation) continue;
      log.durableToSeq = Math.max(log.durableToSeq, record.toSeq);
      this.unstated.add(record.conversationId);
    }
  }

  connectionLost(): void {
    this.windows.connectionLost();
    this.records.connectionLost();
  }

  /** MSG-23: erases what is over by now. */
  expire(): void {
    this.#dueMs = Number.POSITIVE_INFINITY;
    this.#expiresAt(this.sync.expire());
  }

  #expiresAt(dueMs: number): void {
    if (dueMs >= this.#dueMs) return;
    this.#dueMs = dueMs;
    const delayMs = Math.min(Math.max(0, dueMs - this.nowMs), EXPIRY_LOOK_MAX_MS);
    this.#effect({ type: 'setTimer', name: 'expiry', delayMs });
  }

  /** Says what changed, and asks for it to be stored. */
  flush(): void {
    for (const conversationId of this.#changed) {
      const log = this.sync.log(conversationId);
      this.#expiresAt(log?.nextDueMs ?? Number.POSITIVE_INFINITY);
      if (log?.membership?.former === false) this.records.joinedOneself(conversationId, this.nowMs);
      this.#effect({ type: 'emit', notice: { type: 'conversation', conversationId } });
    }
    this.#changed.clear();
    this.windows.readQuotes();
    const batch = this.journal.next((id) => this.sync.log(id)?.record(), this.userLog.seq);
    if (batch) this.#effect({ type: 'persist', ...batch });
  }

  /** DEV-2. */
  #devicesChanged(): void {
    this.#effect({ type: 'emit', notice: { type: 'devices' } });
  }

  #entriesAdded(log: ConversationLog, entries: readonly Entry[], how: 'following' | 'adopted'): void {
    const { userId } = this.account;
    this.windows.appended(log.conversationId, entries);
    const others = othersProgress(log.cursors, userId);
    if (how === 'adopted') this.own.forgetAcceptedBefore(log.conversationId, log.fromSeq);
    for (const entry of entries) {
      this.records.joined(log.conversationId, addedBy(entry), this.nowMs);
      if (this.own.settle(entry) || entry.kind !== EntryKind.MESSAGE || entry.body.length === 0) continue;
      if (how === 'following' || (entry.senderId !== userId && entry.seq > log.readSeq)) {
        this.#effect({
          type: 'emit',
          notice: { type: 'message', message: messageFromEntry(entry, { me: userId, others }) },
        });
      }
    }
  }
}

const DEVICE_EVENTS: readonly unknown[] = ['deviceAdded', 'deviceRenamed', 'deviceRemoved'];

const isOfDevices = ({ event }: UserEvent): boolean => DEVICE_EVENTS.includes(event?.case);
