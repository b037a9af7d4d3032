import type { Entry } from '@hongyan/protocol';
import type { ConversationRecord, EngineBatch, OutboxRecord } from '../engine/types.ts';
import { openDatabase, requested, type StoreName, transacted } from './indexeddb-open.ts';
import { type ClientStore, type EntriesQuery, mergeConversation, type SessionRecord, type Snapshot } from './store.ts';

/** What a browser keeps of one account, in an IndexedDB database of this name. Several tabs may share it. */
export class IndexedDbStore implements ClientStore {
  readonly #database: Promise<IDBDatabase>;

  constructor(name = 'hongyan') {
    this.#database = openDatabase(name);
    this.#database.catch(() => {});
  }

  async load(): Promise<Snapshot | undefined> {
    const transaction = await this.#begin('readonly', ['meta', 'conversations', 'outbox']);
    const meta = transaction.objectStore('meta');
    const [session, userSeq, conversations, outbox] = await Promise.all([
      requested<SessionRecord | undefined>(meta.get('session')),
      requested<number | undefined>(meta.get('userSeq')),
      requested<ConversationRecord[]>(transaction.objectStore('conversations').getAll()),
      requested<OutboxRecord[]>(transaction.objectStore('outbox').getAll()),
    ]);
    return session && { session, userSeq: userSeq ?? 0, conversations, outbox };
  }

  async session(): Promise<SessionRecord | undefined> {
    const transaction = await this.#begin('readonly', ['meta']);
    return requested<SessionRecord | undefined>(transaction.objectStore('meta').get('session'));
  }

  async saveSession(session: SessionRecord): Promise<void> {
    const transaction = await this.#begin('readwrite', ['meta']);
    transaction.objectStore('meta').put(session, 'session');
    await transacted(transaction);
  }

  async apply(batch: EngineBatch): Promise<void> {
    const transaction = await this.#begin('readwrite', ['meta', 'conversations', 'outbox', 'entries']);
    const done = transacted(transaction);
    for (const record of batch.conversations) applyConversation(transaction, record, batch.entries);
    const outbox = transaction.objectStore('outbox');
    for (const record of batch.outboxPut) outbox.put(record);
    for (const clientMessageId of batch.outboxRemove) outbox.delete(clientMessageId);
    const meta = transaction.objectStore('meta');
    const userSeq = meta.get('userSeq');
    userSeq.onsuccess = () => meta.put(Math.max(userSeq.result ?? 0, batch.userSeq), 'userSeq');
    await done;
  }

  async entries({ conversationId, beforeSeq, limit }: EntriesQuery): Promise<Entry[]> {
    const transaction = await this.#begin('readonly', ['conversations', 'entries']);
    const conversation = requested<ConversationRecord | undefined>(
      transaction.objectStore('conversations').get(conversationId),
    );
    const end = Math.min(beforeSeq, ((await conversation)?.toSeq ?? 0) + 1);
    const range = IDBKeyRange.bound([conversationId, Math.max(0, end - limit)], [conversationId, end], false, true);
    return requested<Entry[]>(transaction.objectStore('entries').getAll(range));
  }

  async clear(): Promise<void> {
    const transaction = await this.#begin('readwrite', ['meta', 'conversations', 'outbox', 'entries']);
    for (const name of transaction.objectStoreNames) transaction.objectStore(name).clear();
    await transacted(transaction);
  }

  async close(): Promise<void> {
    (await this.#database).close();
  }

  async #begin(mode: IDBTransactionMode, names: StoreName[]): Promise<IDBTransaction> {
    return (await this.#database).transaction(names, mode);
  }
}

/** Reads what is there and writes what results, within the transaction: another tab cannot come between. */
function applyConversation(transaction: IDBTransaction, record: ConversationRecord, all: readonly Entry[]): void {
  const { conversationId, generation } = record;
  const conversations = transaction.objectStore('conversations');
  const entries = transaction.objectStore('entries');
  const stored = conversations.get(conversationId);
  stored.onsuccess = () => {
    const known: ConversationRecord | undefined = stored.result;
    if (known && generation < known.generation) return;
    if (known && generation > known.generation) {
      entries.delete(IDBKeyRange.bound([conversationId], [conversationId, []]));
    }
    conversations.put(mergeConversation(known, record));
    for (const entry of all) if (entry.conversationId === conversationId) entries.put(entry);
  };
}
