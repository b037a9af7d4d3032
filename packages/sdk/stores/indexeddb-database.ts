import { type Database, idb, type StoreName, type Transaction } from './indexeddb-types.ts';

/** 1: the account's logs and outbox. 2: people. 3: account records. 4: entries by the message that they change. */
const VERSION = 4;

/**
 * An IndexedDB database of this name, open when it is needed. A browser may close it at any time (its storage process died,
 * the site's data was erased, another tab brings a newer version), and opening may fail: then the next one who asks opens
 * it again.
 */
export class LastingDatabase {
  readonly #name: string;
  #opened: Promise<Database> | undefined;
  #isReleased = false;

  constructor(name: string) {
    this.#name = name;
    this.#open().catch(() => {});
  }

  /** Rejects where IndexedDB is missing, forbidden, or held by a newer version of the program. */
  async begin(mode: 'readonly' | 'readwrite', names: readonly StoreName[]): Promise<Transaction> {
    return (await this.#open()).transaction(names, mode);
  }

  /** For good: what is asked of it later fails. */
  async close(): Promise<void> {
    const opened = this.#opened;
    this.#isReleased = true;
    (await opened?.catch(() => undefined))?.close();
  }

  #open(): Promise<Database> {
    if (this.#opened) return this.#opened;
    if (this.#isReleased) return Promise.reject(new Error('the database was closed'));
    const forget = () => {
      if (this.#opened === opened) this.#opened = undefined;
    };
    const opened = openDatabase(this.#name, forget);
    opened.catch(forget);
    this.#opened = opened;
    return opened;
  }
}

/** Makes or migrates it when needed. While another tab holds an older version open, it waits. */
function openDatabase(name: string, closed: () => void): Promise<Database> {
  return new Promise((resolve, reject) => {
    const opening = idb.indexedDB.open(name, VERSION);
    opening.onupgradeneeded = ({ oldVersion }) => {
      if (opening.transaction) migrate(opening.result, opening.transaction, oldVersion);
    };
    opening.onsuccess = () => {
      const database = opening.result;
      database.onclose = closed;
      // A tab with a newer version must not wait for this one.
      database.onversionchange = () => {
        database.close();
        closed();
      };
      resolve(database);
    };
    opening.onerror = () => reject(opening.error);
  });
}

function migrate(database: Database, transaction: Transaction, oldVersion: number): void {
  if (oldVersion < 1) {
    database.createObjectStore('meta');
    database.createObjectStore('conversations', { keyPath: 'conversationId' });
    database.createObjectStore('outbox', { keyPath: 'clientMessageId' });
    database.createObjectStore('entries', { keyPath: ['conversationId', 'seq'] });
  }
  if (oldVersion < 2) database.createObjectStore('people', { keyPath: 'userId' }).createIndex('order', 'order');
  if (oldVersion < 3) database.createObjectStore('records', { keyPath: 'key' });
  if (oldVersion < 4) transaction.objectStore('entries').createIndex('target', ['conversationId', 'header.targetSeq']);
}
