// As much of IndexedDB as the store uses: a reference to the DOM's own types would make all of them visible in the whole
// program, the server included.

export type StoreName = 'meta' | 'conversations' | 'outbox' | 'entries' | 'people' | 'records';

type Key = string | number | readonly (string | number | readonly never[])[];
type KeyRange = object;

/** The caller says what it has put there. */
export interface Request<T> {
  readonly result: T;
  readonly error: Error | null;
  onsuccess: (() => void) | null;
  onerror: (() => void) | null;
}

interface OpenRequest extends Request<Database> {
  /** While it is being upgraded. */
  readonly transaction: Transaction | null;
  onupgradeneeded: ((event: { oldVersion: number }) => void) | null;
}

export interface Database {
  onversionchange: (() => void) | null;
  onclose: (() => void) | null;
  createObjectStore(name: StoreName, options?: { keyPath: string | string[] }): ObjectStore;
  transaction(names: readonly StoreName[], mode: 'readonly' | 'readwrite'): Transaction;
  close(): void;
}

export interface Transaction {
  readonly error: Error | null;
  oncomplete: (() => void) | null;
  onerror: (() => void) | null;
  onabort: (() => void) | null;
  objectStore(name: StoreName): ObjectStore;
  abort(): void;
  /** Missing in browsers before 2021. */
  commit?(): void;
}

interface ObjectStore {
  get<T>(key: Key): Request<T | undefined>;
  getAll<T>(range?: KeyRange): Request<T[]>;
  count(): Request<number>;
  put(value: unknown, key?: Key): Request<unknown>;
  delete(key: Key | KeyRange): Request<unknown>;
  clear(): Request<unknown>;
  createIndex(name: string, keyPath: string | string[]): Index;
  index(name: string): Index;
}

interface Index {
  getAll<T>(key?: Key | KeyRange): Request<T[]>;
  openCursor(range: null, direction: 'next' | 'prev'): Request<Cursor | null>;
}

interface Cursor {
  readonly key: Key;
  delete(): Request<unknown>;
  continue(): void;
}

/** Both are missing where the platform has no IndexedDB; using them then throws a TypeError. */
export const idb = globalThis as unknown as {
  readonly indexedDB: { open(name: string, version: number): OpenRequest };
  readonly IDBKeyRange: { bound(lower: Key, upper: Key, lowerOpen?: boolean, upperOpen?: boolean): KeyRange };
};
