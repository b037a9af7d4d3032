import type { Entry } from '@hongyan/protocol';
import { erasedEntry, goesWith } from '../engine/entries.ts';
import type { ConversationRecord, EngineBatch, HeldRecord } from '../engine/types.ts';
import { idb, type Transaction } from './indexeddb-types.ts';
import { isNew, mergeConversation, mergeRecord } from './store.ts';

/** Reads what is there and writes what results, within the transaction: another tab cannot come between. */
export function putBatch(transaction: Transaction, batch: EngineBatch): void {
  for (const record of batch.conversations) putConversation(transaction, record, batch);
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

function putConversation(transaction: Transaction, record: ConversationRecord, batch: EngineBatch): void {
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
    const merged = mergeConversation(known, record, batch.entries);
    const { fromSeq } = merged;
    conversations.put(merged);
    for (const entry of batch.entries) {
      if (entry.conversationId === conversationId && isNew(entry, known, merged)) entries.put(entry);
    }
    for (const gone of batch.erased) if (gone.conversationId === conversationId) erase(transaction, gone);
    if (known && fromSeq > known.fromSeq) {
      entries.delete(idb.IDBKeyRange.bound([conversationId], [conversationId, fromSeq], false, true));
    }
  };
}

/** MSG-21. */
function erase(transaction: Transaction, { conversationId, seq }: EngineBatch['erased'][number]): void {
  const entries = transaction.objectStore('entries');
  const put = (entry: Entry | undefined) => {
    if (entry && goesWith(entry, seq)) entries.put(erasedEntry(entry));
  };
  const message = entries.get<Entry>([conversationId, seq]);
  message.onsuccess = () => put(message.result);
  const changes = entries.index('target').getAll<Entry>([conversationId, seq]);
  changes.onsuccess = () => changes.result.forEach(put);
}

function putRecord(transaction: Transaction, record: HeldRecord): void {
  const records = transaction.objectStore('records');
  const stored = records.get<HeldRecord>(record.key);
  stored.onsuccess = () => void records.put(mergeRecord(stored.result, record));
}
