import {
  type ConversationId,
  codeName,
  DEFAULT_LIMITS,
  type Entry,
  EntryKind,
  ErrorCode,
  type Limits,
  type MessageSent,
  type Push,
  type UserEvent,
} from '@hongyan/protocol';
import type { Conversation, Message, MessageState } from '../types.ts';
import type { ConversationLog } from './conversation-log.ts';
import { ConversationList, summarise } from './conversations.ts';
import { othersProgress } from './cursors.ts';
import { Journal } from './journal.ts';
import { OUTBOX_MAX } from './limits.ts';
import { Outbox, shownState } from './outbox.ts';
import { Sync } from './sync.ts';
import { messageFromEntry, receiptState } from './timeline.ts';
import type { Account, EngineEffect, EngineSnapshot, MessageName, OutboxRecord } from './types.ts';
import { UserLog } from './user-log.ts';
import { Windows } from './windows.ts';

/** What this device has of one account: its logs, its outbox, its open timelines, and what of that is not stored yet. */
export class Replica {
  readonly account: Account;
  readonly journal: Journal;
  readonly sync: Sync;
  readonly userLog: UserLog;
  readonly outbox: Outbox;
  readonly windows: Windows;
  /** Conversations whose entries or read position the server may have to be told of. */
  readonly unstated = new Set<ConversationId>();
  readonly #list = new ConversationList();
  readonly #changed = new Set<ConversationId>();
  readonly #effect: (effect: EngineEffect) => void;
  limits: Limits = DEFAULT_LIMITS;

  constructor(
    account: Account,
    snapshot: EngineSnapshot,
    hooks: { effect: (effect: EngineEffect) => void; newBatchId: () => number },
  ) {
    const { effect, newBatchId } = hooks;
    this.account = account;
    this.journal = new Journal(newBatchId);
    this.#effect = effect;
    this.userLog = new UserLog(snapshot.userSeq);
    this.outbox = new Outbox(snapshot.outbox);
    this.sync = new Sync(account.userId, snapshot.conversations, this.limits.unreadCountMax, this.journal, {
      entriesAdded: (log, entries, how) => this.#entriesAdded(log, entries, how),
      logDropped: ({ conversationId }) => {
        this.windows.get(conversationId)?.clear();
        this.outbox.reopen(conversationId);
      },
      changed: (conversationId) => this.changed(conversationId),
    });
    this.windows = new Windows({
      journal: this.journal,
      log: (conversationId) => this.sync.log(conversationId),
      effect,
      changed: (conversationId) => this.changed(conversationId),
    });
    for (const conversationId of this.sync.conversationIds) this.#list.changed(conversationId);
    for (const conversationId of this.outbox.conversationIds) this.#list.changed(conversationId);
  }

  welcomed(limits: Limits): void {
    this.limits = limits;
    this.sync.unreadCountMax = limits.unreadCountMax;
  }

  conversations(): readonly Conversation[] {
    return this.#list.read((id) => summarise(id, this.sync.log(id), this.outbox.of(id), this.account.userId));
  }

  timeline(conversationId: ConversationId): { messages: readonly Message[]; hasOlder: boolean } | undefined {
    const log = this.sync.log(conversationId);
    const outbox = this.outbox.of(conversationId);
    return this.windows.get(conversationId)?.read({ log, outbox, me: this.account.userId });
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
    this.windows.get(conversationId)?.changed();
    this.unstated.add(conversationId);
  }

  compose(message: Pick<OutboxRecord, 'clientMessageId' | 'conversationId' | 'clientTimeMs' | 'body'>): void {
    if (this.outbox.size >= OUTBOX_MAX) {
      this.#effect({ type: 'emit', notice: { type: 'error', code: 'refused', reason: 'the outbox is full' } });
      return;
    }
    this.keepOutbox(this.outbox.compose(message));
  }

  /** Stores the record of a message in the outbox as it is now. */
  keepOutbox(record: OutboxRecord | undefined): void {
    if (!record) return;
    this.journal.putOutbox(record);
    this.changed(record.conversationId);
  }

  discard(clientMessageId: string): void {
    this.#forgetOutbox(this.outbox.discard(clientMessageId));
  }

  read(conversationId: ConversationId): void {
    const log = this.sync.log(conversationId);
    if (log) this.sync.readHere(log);
  }

  /** OUT-3: the server has it. Its place may lie beyond a gap; then it stays in the outbox until the gap is filled. */
  messageSent(clientMessageId: string, { conversationId, seq, serverTimeMs }: MessageSent): void {
    const item = this.outbox.get(clientMessageId);
    if (!item) return;
    this.outbox.accepted(clientMessageId, seq, serverTimeMs);
    this.#sent(item.record, seq);
    const { clientTimeMs, body } = item.record;
    const senderId = this.account.userId;
    const kind = EntryKind.MESSAGE;
    this.sync.entry({ conversationId, seq, kind, senderId, clientMessageId, clientTimeMs, serverTimeMs, body });
    if (seq <= (this.sync.log(conversationId)?.toSeq ?? 0)) this.#forgetOutbox(this.outbox.remove(clientMessageId));
    this.changed(conversationId);
  }

  /** OUT-4: refused for good. */
  messageRefused(clientMessageId: string, code: ErrorCode): void {
    this.keepOutbox(this.outbox.fail(clientMessageId, codeName(ErrorCode, code)));
  }

  userEvent(event: UserEvent): void {
    if (!this.userLog.advance(event.seq)) return;
    this.journal.userSeqMoved();
    this.sync.userEvent(event);
  }

  pushed(body: Exclude<NonNullable<Push['body']>, { case: 'closing' }>): void {
    switch (body.case) {
      case 'entry':
        this.sync.entry(body.value);
        return;
      case 'receipt':
        this.sync.receipt(body.value);
        return;
      case 'conversationUpdate':
        this.sync.update(body.value);
        return;
      case 'userEvent':
        this.userEvent(body.value);
        return;
      case 'synced':
        if (this.userLog.covered(body.value.userSeq)) this.journal.userSeqMoved();
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
    for (const { record, progress } of this.outbox.all()) {
      if (progress.name !== 'sending') continue;
      this.outbox.requeue(record.clientMessageId);
      this.changed(record.conversationId);
    }
    this.windows.connectionLost();
  }

  /** Says what changed, and asks for it to be stored. */
  flush(): void {
    for (const conversationId of this.#changed) {
      this.#effect({ type: 'emit', notice: { type: 'conversation', conversationId } });
    }
    this.#changed.clear();
    const batch = this.journal.next((id) => this.sync.log(id)?.record(), this.userLog.seq);
    if (batch) this.#effect({ type: 'persist', ...batch });
  }

  #entriesAdded(log: ConversationLog, entries: readonly Entry[], how: 'following' | 'adopted'): void {
    const { userId } = this.account;
    this.windows.get(log.conversationId)?.append(entries);
    const others = othersProgress(log.cursors, userId);
    if (how === 'adopted') this.#forgetAcceptedBefore(log);
    for (const entry of entries) {
      const accepted = this.outbox.get(entry.clientMessageId)?.progress.name === 'accepted';
      const settled = this.outbox.settle(entry, userId);
      if (settled) {
        this.journal.removeOutbox(settled.clientMessageId);
        if (!accepted) this.#sent(settled, entry.seq);
      } else if (how === 'following' || (entry.senderId !== userId && entry.seq > log.readSeq)) {
        this.#effect({ type: 'emit', notice: { type: 'message', message: messageFromEntry(entry, userId, others) } });
      }
    }
  }

  /** Messages whose place is older than what the device took for its log: their entries will not come by themselves. */
  #forgetAcceptedBefore({ conversationId, fromSeq }: ConversationLog): void {
    for (const { record, progress } of this.outbox.of(conversationId)) {
      if (progress.name !== 'accepted' || progress.seq >= fromSeq) continue;
      this.#forgetOutbox(this.outbox.remove(record.clientMessageId));
    }
  }

  #forgetOutbox(record: OutboxRecord | undefined): void {
    if (!record) return;
    this.journal.removeOutbox(record.clientMessageId);
    this.changed(record.conversationId);
  }

  #sent({ conversationId, clientMessageId }: OutboxRecord, seq: number): void {
    this.#effect({ type: 'emit', notice: { type: 'sent', conversationId, clientMessageId, seq } });
  }
}
