import type { ConversationId, Entry, UserId } from '@hongyan/protocol';
import type { ConversationRecord, EngineBatch, HeldRecord, OutboxRecord } from '../engine/types.ts';
import type { Person } from '../types.ts';
import {
  type ClientStore,
  type EntriesQuery,
  mergeConversation,
  mergeRecord,
  PEOPLE_MAX,
  type SessionRecord,
  type Snapshot,
} from './store.ts';

/** A store that lives as long as the program; also what the file store keeps at hand. */
export class MemoryStore implements ClientStore {
  readonly #entries = new Map<ConversationId, Map<number, Entry>>();
  readonly #conversations = new Map<ConversationId, ConversationRecord>();
  readonly #outbox = new Map<string, OutboxRecord>();
  readonly #records = new Map<string, HeldRecord>();
  readonly #people = new Map<UserId, Person>();
  #session: SessionRecord | undefined;
  #userSeq = 0;
  readonly sharedAs: string | undefined;

  /** With a name for `sharedAs`, several clients of this program may use it at a time. */
  constructor(sharedAs?: string) {
    this.sharedAs = sharedAs;
  }

  async load(): Promise<Snapshot | undefined> {
    if (!this.#session) return undefined;
    return {
      session: this.#session,
      userSeq: this.#userSeq,
      conversations: [...this.#conversations.values()],
      outbox: [...this.#outbox.values()],
      records: this.records(),
      people: this.people(),
    };
  }

  async session(): Promise<SessionRecord | undefined> {
    return this.#session;
  }

  async saveSession(session: SessionRecord): Promise<void> {
    this.#session = session;
  }

  async savePeople(people: readonly Person[]): Promise<void> {
    this.savePeopleNow(people);
  }

  savePeopleNow(people: readonly Person[]): void {
    for (const person of people) {
      this.#people.delete(person.userId);
      this.#people.set(person.userId, person);
    }
    for (const oldest of this.#people.keys()) {
      if (this.#people.size <= PEOPLE_MAX) break;
      this.#people.delete(oldest);
    }
  }

  keepRecords(records: readonly HeldRecord[]): void {
    for (const record of records) this.#records.set(record.key, mergeRecord(this.#records.get(record.key), record));
  }

  records(): HeldRecord[] {
    return [...this.#records.values()];
  }

  people(): Person[] {
    return [...this.#people.values()];
  }

  async apply(batch: EngineBatch): Promise<void> {
    this.applyNow(batch);
  }

  applyNow(batch: EngineBatch): void {
    const outdated = new Set<ConversationId>();
    for (const record of batch.conversations) {
      const stored = this.#conversations.get(record.conversationId);
      if (stored && record.generation < stored.generation) outdated.add(record.conversationId);
      if (stored && record.generation > stored.generation) this.#entries.delete(record.conversationId);
      this.#conversations.set(record.conversationId, mergeConversation(stored, record));
    }
    for (const entry of batch.entries) if (!outdated.has(entry.conversationId)) this.#add(entry);
    for (const record of batch.outboxPut) this.#outbox.set(record.clientMessageId, record);
    for (const clientMessageId of batch.outboxRemove) this.#outbox.delete(clientMessageId);
    this.keepRecords(batch.records);
    this.#userSeq = Math.max(this.#userSeq, batch.userSeq);
  }

  async outbox(): Promise<OutboxRecord[]> {
    return [...this.#outbox.values()];
  }

  async entries({ conversationId, beforeSeq, limit }: EntriesQuery): Promise<Entry[]> {
    const log = this.#entries.get(conversationId);
    const found: Entry[] = [];
    let seq = Math.min(beforeSeq - 1, this.#conversations.get(conversationId)?.toSeq ?? 0);
    for (let entry = log?.get(seq); entry && found.length < limit; entry = log?.get(seq)) {
      found.push(entry);
      seq -= 1;
    }
    return found.reverse();
  }

  async clear(): Promise<void> {
    this.clearNow();
  }

  clearNow(): void {
    this.#session = undefined;
    this.#userSeq = 0;
    this.#entries.clear();
    this.#conversations.clear();
    this.#outbox.clear();
    this.#records.clear();
    this.#people.clear();
  }

  async close(): Promise<void> {}

  #add(entry: Entry): void {
    const log = this.#entries.get(entry.conversationId);
    if (log) log.set(entry.seq, entry);
    else this.#entries.set(entry.conversationId, new Map([[entry.seq, entry]]));
  }
}
