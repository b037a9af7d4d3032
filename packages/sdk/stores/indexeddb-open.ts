import { type Database, idb, type Request, type Transaction } from './indexeddb-types.ts';

/** 1: the account's logs and outbox. 2: people. 3: account records. */
const VERSION = 3;

/** Opens the database, making or migrating it when needed. Rejects where IndexedDB is missing or forbidden. */
export function openDatabase(name: string): Promise<Database> {
  return new Promise((resolve, reject) => {
    const opening = idb.indexedDB.open(name, VERSION);
    opening.onupgradeneeded = ({ oldVersion }) => migrate(opening.result, oldVersion);
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

function migrate(database: Database, oldVersion: number): void {
  if (oldVersion < 1) {
    database.createObjectStore('meta');
    database.createObjectStore('conversations', { keyPath: 'conversationId' });
    database.createObjectStore('outbox', { keyPath: 'clientMessageId' });
    database.createObjectStore('entries', { keyPath: ['conversationId', 'seq'] });
  }
  if (oldVersion < 2) database.createObjectStore('people', { keyPath: 'userId' }).createIndex('order', 'order');
  if (oldVersion < 3) database.createObjectStore('records', { keyPath: 'key' });
}

/** The result of one request. */
export function requested<T>(request: Request<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** Resolves when the transaction is committed. */
export function transacted(transaction: Transaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onerror = () => reject(transaction.error);
    transaction.onabort = () => reject(transaction.error ?? new Error('the transaction was aborted'));
  });
}
