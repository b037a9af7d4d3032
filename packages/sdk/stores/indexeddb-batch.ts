import type { Entry } from '@hongyan/protocol';
import type { ConversationRecord, EngineBatch, HeldRecord } from '../engine/types.ts';
import { idb, type Transaction } from './indexeddb-types.ts';
import { mergeConversation, mergeRecord } from './store.ts';

/** Reads what is there and writes what results, within the transaction: another tab cannot come between. */
export function putBatch(transaction: Transaction, batch: EngineBatch): void {
  for (const record of batch.conversations) putConversation(transaction, record, batch.entries);
  putOutbox(transaction, batch);
  for (const record of batch.records) putRecord(transaction, record);
  const meta = transaction.objectStore('meta');
  const userSeq = meta.get<number>('userSeq');
  userSeq.onsuccess = () => meta.put(Math.max(userSeq.result ?? 0, batch.userSeq), 'userSeq');
}

/** Reads nothing. */
export function putOutbox(
  transaction: Transaction,
  { outboxPut, outboxRemove }: Pick<EngineBatch, 'outboxPut' | 'outboxRemove'>,
): void {
  const outbox = transaction.objectStore('outbox');
  for (const record of outboxPut) outbox.put(record);
  for (const clientMessageId of outboxRemove) outbox.delete(clientMessageId);
}

function putConversation(transaction: Transaction, record: ConversationRecord, all: readonly Entry[]): void {
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

function putRecord(transaction: Transaction, record: HeldRecord): void {
  const records = transaction.objectStore('records');
  const stored = records.get<HeldRecord>(record.key);
  stored.onsuccess = () => void records.put(mergeRecord(stored.result, record));
}
