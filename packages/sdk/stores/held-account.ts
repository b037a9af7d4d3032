import type { ConversationId, Entry, UserId } from '@hongyan/protocol';
import { erasedEntry, goesWith, targetOf } from '../engine/entries.ts';
import type { ConversationRecord, EngineBatch, HeldRecord, OutboxRecord } from '../engine/types.ts';
import type { Person } from '../types.ts';
import { type Leaving, outboxFor, outboxLeft } from './ownership.ts';
import {
  type EntriesQuery,
  isNew,
  mergeConversation,
  mergeRecord,
  PEOPLE_MAX,
  type SessionRecord,
  type Snapshot,
} from './store.ts';

/** What a device keeps of one account, in memory: the state behind the stores that hold all of it there. */
export class HeldAccount {
  session: SessionRecord | undefined;
  readonly #entries = new Map<ConversationId, Map<number, Entry>>();
  readonly #conversations = new Map<ConversationId, ConversationRecord>();
  readonly #outbox = new Map<string, OutboxRecord>();
  readonly #records = new Map<string, HeldRecord>();
  readonly #people = new Map<UserId, Person>();
  #userSeq = 0;

  constructor(session?: SessionRecord, outbox: readonly OutboxRecord[] = []) {
    this.session = session;
    for (const record of outbox) this.#outbox.set(record.clientMessageId, record);
  }

  /** What is held once this session has begun. */
  begun(session: SessionRecord): HeldAccount {
    return new HeldAccount(session, outboxFor(session.me.userId, this.outbox()));
  }

  /** What is held once the session is over. */
  ended(leaving: Leaving): HeldAccount {
    return new HeldAccount(undefined, outboxLeft(leaving, this.session, this.outbox()));
  }

  snapshot(): Snapshot | undefined {
    const { session } = this;
    return (
      session && {
        session,
        userSeq: this.#userSeq,
        conversations: [...this.#conversations.values()],
        outbox: this.outbox(),
        records: this.records(),
        people: this.people(),
      }
    );
  }

  outbox(): OutboxRecord[] {
    return [...this.#outbox.values()];
  }

  records(): HeldRecord[] {
    return [...this.#records.values()];
  }

  people(): Person[] {
    return [...this.#people.values()];
  }

  entries({ conversationId, beforeSeq, limit }: EntriesQuery): Entry[] {
    const log = this.#entries.get(conversationId);
    const found: Entry[] = [];
    let seq = Math.min(beforeSeq - 1, this.#conversations.get(conversationId)?.toSeq ?? 0);
    for (let entry = log?.get(seq); entry && found.length < limit; entry = log?.get(seq)) {
      found.push(entry);
      seq -= 1;
    }
    return found.reverse();
  }

  /** In any order: later entries that change these messages. */
  changes({ conversationId }: { conversationId: ConversationId }, entries: readonly Entry[]): Entry[] {
    const seqs = new Set(entries.map(({ seq }) => seq));
    return this.all(conversationId).filter((entry) => seqs.has(targetOf(entry)));
  }

  apply(batch: EngineBatch): void {
    const outdated = new Set<ConversationId>();
    const before = new Map(this.#conversations);
    for (const record of batch.conversations) {
      const stored = this.#conversations.get(record.conversationId);
      if (stored && record.generation < stored.generation) outdated.add(record.conversationId);
      if (stored && record.generation > stored.generation) this.#entries.delete(record.conversationId);
      const merged = mergeConversation(stored, record, batch.entries);
      this.#conversations.set(record.conversationId, merged);
      if (stored && merged.fromSeq > stored.fromSeq) this.#dropBefore(record.conversationId, merged.fromSeq);
    }
    for (const entry of batch.entries) {
      const { conversationId } = entry;
      const now = this.#conversations.get(conversationId);
      if (!outdated.has(conversationId) && isNew(entry, before.get(conversationId), now)) this.#add(entry);
    }
    for (const { conversationId, seq } of batch.erased) this.#erase(conversationId, seq);
    for (const record of batch.outboxPut) this.#outbox.set(record.clientMessageId, record);
    for (const clientMessageId of batch.outboxRemove) this.#outbox.delete(clientMessageId);
    this.keepRecords(batch.records);
    this.#userSeq = Math.max(this.#userSeq, batch.userSeq);
  }

  keepRecords(records: readonly HeldRecord[]): void {
    for (const record of records) this.#records.set(record.key, mergeRecord(this.#records.get(record.key), record));
  }

  savePeople(people: readonly Person[]): void {
    for (const person of people) {
      this.#people.delete(person.userId);
      this.#people.set(person.userId, person);
    }
    for (const oldest of this.#people.keys()) {
      if (this.#people.size <= PEOPLE_MAX) break;
      this.#people.delete(oldest);
    }
  }

  /** All that is held of one conversation, in any order. */
  all(conversationId: ConversationId): Entry[] {
    return [...(this.#entries.get(conversationId)?.values() ?? [])];
  }

  #erase(conversationId: ConversationId, seq: number): void {
    const log = this.#entries.get(conversationId);
    for (const entry of log?.values() ?? []) if (goesWith(entry, seq)) log?.set(entry.seq, erasedEntry(entry));
  }

  #dropBefore(conversationId: ConversationId, fromSeq: number): void {
    const log = this.#entries.get(conversationId);
    for (const seq of [...(log?.keys() ?? [])]) if (seq < fromSeq) log?.delete(seq);
  }

  #add(entry: Entry): void {
    const log = this.#entries.get(entry.conversationId);
    if (log) log.set(entry.seq, entry);
    else this.#entries.set(entry.conversationId, new Map([[entry.seq, entry]]));
  }
}
