import {
  type AccountRecord,
  type Cleared,
  type ConversationId,
  decodeCleared,
  decodeMarkedUnread,
  decodeSetting,
  encodeCleared,
  encodeMarkedUnread,
  parseRecordKey,
  type RecordKey,
  type RecordVersion,
  recordKey,
  type UserId,
} from '@hongyan/protocol';
import type { Notify } from '../types.ts';
import { Contacts } from './contacts.ts';
import { JoinRequests } from './join-requests.ts';
import { Records, readValue, sameBytes } from './records.ts';
import type { EngineNotice, HeldRecord } from './types.ts';

const NOTHING_CLEARED: Cleared = { throughSeq: 0, readSeq: 0, unreadCount: 0 };

const NO_BYTES = new Uint8Array(0);

/** Where a change of a record is told and kept. */
export interface RecordHooks {
  keep(record: HeldRecord): void;
  notice(notice: EngineNotice): void;
  /** REC-8: what is shown of a conversation begins somewhere else. */
  cleared(conversationId: ConversationId): void;
  /** How a conversation is listed may have changed (REC-9, REC-10). */
  marked(conversationId: ConversationId): void;
}

/** What the account's records mean to this device: each change is stored and told, some hide entries, others say who people are. */
export class AccountRecords {
  readonly #records: Records;
  readonly #hooks: RecordHooks;
  readonly contacts = new Contacts((key) => this.#records.version(recordKey(key)));
  readonly joinRequests: JoinRequests;
  /** What was hidden before the last `clear` here, for its undoing. */
  readonly #clearedBefore = new Map<ConversationId, Cleared>();

  constructor(me: UserId, held: readonly HeldRecord[], hooks: RecordHooks) {
    this.#records = new Records(held);
    this.#hooks = hooks;
    this.joinRequests = new JoinRequests(me, () => this.#versions());
    for (const key of this.#records.keys()) this.#readAnew(parseRecordKey(key));
  }

  value(key: RecordKey): Uint8Array | undefined {
    return this.#records.value(recordKey(key));
  }

  /** REC-8: entries up to its `throughSeq` are not shown. */
  cleared(conversationId: ConversationId): Cleared {
    return readValue(this.value({ kind: 'cleared', conversationId }), decodeCleared) ?? NOTHING_CLEARED;
  }

  /** REC-9. `readSeq` is the account's read position in the conversation. */
  isMarkedUnread(conversationId: ConversationId, readSeq: number): boolean {
    const throughSeq = readValue(this.value({ kind: 'unread', conversationId }), decodeMarkedUnread)?.throughSeq ?? 0;
    return throughSeq > 0 && throughSeq >= readSeq;
  }

  /** REC-10. */
  notify(conversationId: ConversationId): Notify {
    const value = this.#setting({ kind: 'notify', conversationId });
    return value === 'mentions' || value === 'none' ? value : 'all';
  }

  isOnTop(conversationId: ConversationId): boolean {
    return this.#setting({ kind: 'top', conversationId }) !== '';
  }

  markUnread(conversationId: ConversationId, throughSeq: number, nowMs: number): void {
    this.set({ kind: 'unread', conversationId }, encodeMarkedUnread({ throughSeq }), nowMs);
  }

  markRead(conversationId: ConversationId, nowMs: number): void {
    this.set({ kind: 'unread', conversationId }, NO_BYTES, nowMs);
  }

  /** Who asks again asks anew, and what they say counts from now on (PPL-2). */
  set(key: RecordKey, value: Uint8Array, nowMs: number): void {
    const asks = value.length > 0 && (key.kind === 'friend' || key.kind === 'asking');
    this.#change(recordKey(key), (text) => this.#records.set(text, value, this.#after(key, nowMs), asks));
  }

  /** These are members by now: nobody has to answer them any more. */
  joined(conversationId: ConversationId, userIds: readonly UserId[], nowMs: number): void {
    for (const userId of userIds) this.set({ kind: 'asked', conversationId, userId }, NO_BYTES, nowMs);
  }

  /** So is the account. */
  joinedOneself(conversationId: ConversationId, nowMs: number): void {
    this.set({ kind: 'asking', conversationId }, NO_BYTES, nowMs);
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
    return this.#records.send(key, this.#after(parseRecordKey(key), nowMs));
  }

  settled(key: string): void {
    this.#change(key, () => this.#records.settled(key));
  }

  postponed(key: string): void {
    this.#records.postponed(key);
  }

  refused(text: string, reason: string): void {
    this.#change(text, () => this.#records.refused(text));
    const key = parseRecordKey(text);
    if (key) this.#hooks.notice({ type: 'recordRefused', key, reason });
  }

  connectionLost(): void {
    this.#records.connectionLost();
  }

  #setting(key: RecordKey): string {
    return readValue(this.value(key), decodeSetting)?.value ?? '';
  }

  #setCleared(conversationId: ConversationId, cleared: Cleared, nowMs: number): void {
    this.set({ kind: 'cleared', conversationId }, encodeCleared(cleared), nowMs);
  }

  /** PPL-2: an answer is later than what it answers. */
  #after(key: RecordKey | undefined, nowMs: number): number {
    if (key?.kind !== 'friend') return nowMs;
    const peer = this.#records.version(recordKey({ kind: 'peer', userId: key.userId }));
    return Math.max(nowMs, (peer?.changedAtMs ?? 0) + 1);
  }

  *#versions(): Iterable<[string, RecordVersion]> {
    for (const key of this.#records.keys()) {
      const version = this.#records.version(key);
      if (version) yield [key, version];
    }
  }

  #change(text: string, act: (text: string) => HeldRecord | undefined): void {
    const before = this.#records.version(text);
    const held = act(text);
    if (held) this.#hooks.keep(held);
    const [key, after] = [parseRecordKey(text), this.#records.version(text)];
    if (!key || isAlike(before, after, key)) return;
    this.#readAnew(key);
    if (key.kind === 'cleared') this.#hooks.cleared(key.conversationId);
    if (OF_LIST.includes(key.kind) && 'conversationId' in key) this.#hooks.marked(key.conversationId);
    this.#hooks.notice({ type: 'record', key });
  }

  #readAnew(key: RecordKey | undefined): void {
    switch (key?.kind) {
      case 'friend':
      case 'peer':
      case 'block':
      case 'remark':
        this.contacts.changed(key.userId);
        return;
      case 'asking':
      case 'asked':
        this.joinRequests.changed();
        return;
      default:
    }
  }
}

const OF_LIST: readonly RecordKey['kind'][] = ['unread', 'notify', 'top'];

/** Of some records it matters when they were changed, also when the value is the same. */
const TIMED: readonly RecordKey['kind'][] = ['friend', 'peer', 'asking', 'asked'];

function isAlike(before: RecordVersion | undefined, after: RecordVersion | undefined, { kind }: RecordKey): boolean {
  if (!sameBytes(before?.value ?? NO_BYTES, after?.value ?? NO_BYTES)) return false;
  return !TIMED.includes(kind) || before?.changedAtMs === after?.changedAtMs;
}
