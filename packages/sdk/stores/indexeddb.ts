import type { Entry } from '@hongyan/protocol';
import type { ConversationRecord, EngineBatch, HeldRecord, OutboxRecord } from '../engine/types.ts';
import type { Person } from '../types.ts';
import { openDatabase, requested, transacted } from './indexeddb-open.ts';
import { loadPeople, putPeople } from './indexeddb-people.ts';
import { type Database, idb, type StoreName, type Transaction } from './indexeddb-types.ts';
import {
  type ClientStore,
  type EntriesQuery,
  mergeConversation,
  mergeRecord,
  type SessionRecord,
  type Snapshot,
} from './store.ts';

/** What a browser keeps of one account, in an IndexedDB database of this name. Several tabs may share it. */
export class IndexedDbStore implements ClientStore {
  readonly sharedAs: string;
  readonly #database: Promise<Database>;

  constructor(name = 'hongyan') {
    this.sharedAs = `hongyan store ${name}`;
    this.#database = openDatabase(name);
    this.#database.catch(() => {});
  }

  async load(): Promise<Snapshot | undefined> {
    const transaction = await this.#begin('readonly', ['meta', 'conversations', 'outbox', 'records', 'people']);
    const meta = transaction.objectStore('meta');
    const [session, userSeq, conversations, outbox, records, people] = await Promise.all([
      requested(meta.get<SessionRecord>('session')),
      requested(meta.get<number>('userSeq')),
      requested(transaction.objectStore('conversations').getAll<ConversationRecord>()),
      requested(transaction.objectStore('outbox').getAll<OutboxRecord>()),
      requested(transaction.objectStore('records').getAll<HeldRecord>()),
      loadPeople(transaction),
    ]);
    return session && { session, userSeq: userSeq ?? 0, conversations, outbox, records, people };
  }

  async session(): Promise<SessionRecord | undefined> {
    const transaction = await this.#begin('readonly', ['meta']);
    return requested(transaction.objectStore('meta').get<SessionRecord>('session'));
  }

  async saveSession(session: SessionRecord): Promise<void> {
    const transaction = await this.#begin('readwrite', ['meta']);
    transaction.objectStore('meta').put(session, 'session');
    await transacted(transaction);
  }

  async savePeople(people: readonly Person[]): Promise<void> {
    const transaction = await this.#begin('readwrite', ['people']);
    const done = transacted(transaction);
    putPeople(transaction, people);
    await done;
  }

  async apply(batch: EngineBatch): Promise<void> {
    const transaction = await this.#begin('readwrite', ['meta', 'conversations', 'outbox', 'entries', 'records']);
    const done = transacted(transaction);
    for (const record of batch.conversations) applyConversation(transaction, record, batch.entries);
    const outbox = transaction.objectStore('outbox');
    for (const record of batch.outboxPut) outbox.put(record);
    for (const clientMessageId of batch.outboxRemove) outbox.delete(clientMessageId);
    for (const record of batch.records) applyRecord(transaction, record);
    const meta = transaction.objectStore('meta');
    const userSeq = meta.get<number>('userSeq');
    userSeq.onsuccess = () => meta.put(Math.max(userSeq.result ?? 0, batch.userSeq), 'userSeq');
    await done;
  }

  async outbox(): Promise<OutboxRecord[]> {
    const transaction = await this.#begin('readonly', ['outbox']);
    return requested(transaction.objectStore('outbox').getAll<OutboxRecord>());
  }

  async entries({ conversationId, beforeSeq, limit }: EntriesQuery): Promise<Entry[]> {
    const transaction = await this.#begin('readonly', ['conversations', 'entries']);
    const conversation = await requested(
      transaction.objectStore('conversations').get<ConversationRecord>(conversationId),
    );
    const end = Math.min(beforeSeq, (conversation?.toSeq ?? 0) + 1);
    const range = idb.IDBKeyRange.bound([conversationId, Math.max(0, end - limit)], [conversationId, end], false, true);
    return requested(transaction.objectStore('entries').getAll<Entry>(range));
  }

  async clear(): Promise<void> {
    const transaction = await this.#begin('readwrite', [
      'meta',
      'conversations',
      'outbox',
      'entries',
      'records',
      'people',
    ]);
    for (const name of transaction.objectStoreNames) transaction.objectStore(name).clear();
    await transacted(transaction);
  }

  async close(): Promise<void> {
    (await this.#database).close();
  }

  async #begin(mode: 'readonly' | 'readwrite', names: StoreName[]): Promise<Transaction> {
    return (await this.#database).transaction(names, mode);
  }
}

/** Reads what is there and writes what results, within the transaction: another tab cannot come between. */
function applyConversation(transaction: Transaction, record: ConversationRecord, all: readonly Entry[]): void {
  const { conversationId, generation } = record;
  const conversations = transaction.objectStore('conversations');
  const entries = transaction.objectStore('entries');
  const stored = conversations.get<ConversationRecord>(conversationId);
  stored.onsuccess = () => {
    const known = stored.result;
    if (known && generation < known.generation) return;
    if (known && generation > known.generation) {
      entries.delete(idb.IDBKeyRange.bound([conversationId], [conversationId, []]));
    }
    conversations.put(mergeConversation(known, record));
    for (const entry of all) if (entry.conversationId === conversationId) entries.put(entry);
  };
}

function applyRecord(transaction: Transaction, record: HeldRecord): void {
  const records = transaction.objectStore('records');
  const stored = records.get<HeldRecord>(record.key);
  stored.onsuccess = () => void records.put(mergeRecord(stored.result, record));
}
