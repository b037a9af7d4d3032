/// <reference lib="dom" />
export type StoreName = 'meta' | 'conversations' | 'outbox' | 'entries';

const VERSION = 1;

/** Opens the database, making it when it is not there. Rejects where IndexedDB is missing or forbidden. */
export function openDatabase(name: string): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(name, VERSION);
    opening.onupgradeneeded = () => {
      const database = opening.result;
      database.createObjectStore('meta' satisfies StoreName);
      database.createObjectStore('conversations' satisfies StoreName, { keyPath: 'conversationId' });
      database.createObjectStore('outbox' satisfies StoreName, { keyPath: 'clientMessageId' });
      database.createObjectStore('entries' satisfies StoreName, { keyPath: ['conversationId', 'seq'] });
    };
    opening.onsuccess = () => {
      const database = opening.result;
      // A tab with a newer version must not wait for this one.
      database.onversionchange = () => database.close();
      resolve(database);
    };
    opening.onerror = () => reject(opening.error);
    opening.onblocked = () => reject(new Error('another tab holds an older database open'));
  });
}

/** The result of one request. */
export function requested<T>(request: IDBRequest): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** Resolves when the transaction is committed. */
export function transacted(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onerror = () => reject(transaction.error);
    transaction.onabort = () => reject(transaction.error ?? new Error('the transaction was aborted'));
  });
}
