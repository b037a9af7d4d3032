import {
  type AccountRecord,
  type Cleared,
  type ConversationId,
  decodeCleared,
  decodeMarkedUnread,
  encodeCleared,
  encodeMarkedUnread,
  parseRecordKey,
  type RecordKey,
  recordKey,
} from '@hongyan/protocol';
import { Records, sameBytes } from './records.ts';
import type { EngineNotice, HeldRecord } from './types.ts';

const NOTHING_CLEARED: Cleared = { throughSeq: 0, readSeq: 0, unreadCount: 0 };

/** Where a change of a record is told and kept. */
export interface RecordHooks {
  keep(record: HeldRecord): void;
  notice(notice: EngineNotice): void;
  /** REC-8: what is shown of a conversation begins somewhere else. */
  cleared(conversationId: ConversationId): void;
  /** REC-9: whether a conversation is marked as unread may have changed. */
  marked(conversationId: ConversationId): void;
}

/** What the account's records mean to this device: each change is stored and told, and some hide entries. */
export class AccountRecords {
  readonly #records: Records;
  readonly #hooks: RecordHooks;
  /** What was hidden before the last `clear` here, for its undoing. */
  readonly #clearedBefore = new Map<ConversationId, Cleared>();

  constructor(held: readonly HeldRecord[], hooks: RecordHooks) {
    this.#records = new Records(held);
    this.#hooks = hooks;
  }

  value(key: RecordKey): Uint8Array | undefined {
    return this.#records.value(recordKey(key));
  }

  /** REC-8: entries up to its `throughSeq` are not shown. */
  cleared(conversationId: ConversationId): Cleared {
    return this.#read({ kind: 'cleared', conversationId }, decodeCleared) ?? NOTHING_CLEARED;
  }

  /** REC-9. `readSeq` is the account's read position in the conversation. */
  isMarkedUnread(conversationId: ConversationId, readSeq: number): boolean {
    const throughSeq = this.#read({ kind: 'unread', conversationId }, decodeMarkedUnread)?.throughSeq ?? 0;
    return throughSeq > 0 && throughSeq >= readSeq;
  }

  markUnread(conversationId: ConversationId, throughSeq: number, nowMs: number): void {
    this.set({ kind: 'unread', conversationId }, encodeMarkedUnread({ throughSeq }), nowMs);
  }

  markRead(conversationId: ConversationId, nowMs: number): void {
    this.set({ kind: 'unread', conversationId }, new Uint8Array(), nowMs);
  }

  set(key: RecordKey, value: Uint8Array, nowMs: number): void {
    this.#change(recordKey(key), (text) => this.#records.set(text, value, nowMs));
  }

  clear(conversationId: ConversationId, cleared: Cleared, nowMs: number): void {
    this.#clearedBefore.set(conversationId, this.cleared(conversationId));
    this.#setCleared(conversationId, cleared, nowMs);
  }

  restore(conversationId: ConversationId, nowMs: number): void {
    this.#setCleared(conversationId, this.#clearedBefore.get(conversationId) ?? NOTHING_CLEARED, nowMs);
    this.#clearedBefore.delete(conversationId);
  }

  heard(record: AccountRecord): void {
    this.#change(record.key, () => this.#records.heard(record));
  }

  unsent(valueBytesMax: number): Iterable<string> {
    return this.#records.unsent(valueBytesMax);
  }

  send(key: string, nowMs: number): AccountRecord | undefined {
    return this.#records.send(key, nowMs);
  }

  settled(key: string): void {
    this.#change(key, () => this.#records.settled(key));
  }

  postponed(key: string): void {
    this.#records.postponed(key);
  }

  refused(key: string, reason: string): void {
    this.#change(key, () => this.#records.refused(key));
    this.#hooks.notice({ type: 'error', code: 'refused', reason: `${key} was not kept: ${reason}` });
  }

  connectionLost(): void {
    this.#records.connectionLost();
  }

  /** What cannot be read counts as none. */
  #read<T>(key: RecordKey, decode: (value: Uint8Array) => T): T | undefined {
    const value = this.value(key);
    if (!value) return undefined;
    try {
      return decode(value);
    } catch {
      return undefined;
    }
  }

  #setCleared(conversationId: ConversationId, cleared: Cleared, nowMs: number): void {
    this.set({ kind: 'cleared', conversationId }, encodeCleared(cleared), nowMs);
  }

  #change(text: string, act: (text: string) => HeldRecord | undefined): void {
    const before = this.#records.value(text);
    const held = act(text);
    if (held) this.#hooks.keep(held);
    const key = parseRecordKey(text);
    if (!key || sameBytes(before, this.#records.value(text))) return;
    if (key.kind === 'cleared') this.#hooks.cleared(key.conversationId);
    if (key.kind === 'unread') this.#hooks.marked(key.conversationId);
    this.#hooks.notice({ type: 'record', key });
  }
}
