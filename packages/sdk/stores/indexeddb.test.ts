import 'fake-indexeddb/auto';
import { forceCloseDatabase, IDBDatabase, IDBObjectStore, IDBTransaction, indexedDB } from 'fake-indexeddb';
import { afterEach, expect, test, vi } from 'vitest';
import { clientStoreContract } from './contract.ts';
import { IndexedDbStore } from './indexeddb.ts';

const person = { userId: 'u0000000000000000', handle: 'anna', displayName: 'Anna', statusLine: '' };
const session = {
  me: { ...person, deviceId: 'd' },
  accessToken: 'access',
  accessTokenExpiresAtMs: 1,
  refreshToken: 'refresh',
};
const message = {
  ...{ clientMessageId: 'm1', senderId: person.userId, conversationId: `self.${person.userId}`, position: 1 },
  ...{ clientTimeMs: 1, body: new Uint8Array(1), failure: undefined },
};
const batch = { entries: [], erased: [], conversations: [], outboxPut: [], outboxRemove: [], records: [], userSeq: 0 };
let databases = 0;
afterEach(() => void vi.restoreAllMocks());

clientStoreContract('indexeddb', () => {
  databases += 1;
  const name = `contract-${databases}`;
  return { open: () => new IndexedDbStore(name), survivesRestart: true };
});

type OpenedDatabase = InstanceType<typeof IDBDatabase>;

/** Opens a database as a tab of another version does. */
function opened(name: string, version: number, make: (database: OpenedDatabase) => void): Promise<OpenedDatabase> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(name, version);
    opening.onupgradeneeded = () => make(opening.result);
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });
}

/** As the first version of the program left it. */
const firstVersion = (name: string) =>
  opened(name, 1, (database) => {
    database.createObjectStore('meta').put(session, 'session');
    database.createObjectStore('conversations', { keyPath: 'conversationId' });
    database.createObjectStore('outbox', { keyPath: 'clientMessageId' });
    database.createObjectStore('entries', { keyPath: ['conversationId', 'seq'] });
  });

test('[O2] a database of version 1 keeps what it has when people and account records are added to it', async () => {
  const name = 'migration';
  (await firstVersion(name)).close();
  const store = new IndexedDbStore(name);
  await store.savePeople('d', [person]);
  const pending = { changedAtMs: 1, value: Uint8Array.of(1) };
  await store.apply('d', { ...batch, records: [{ key: 'setting/a', confirmed: undefined, pending }] });
  expect(await store.load()).toMatchObject({
    session,
    people: [person],
    records: [{ key: 'setting/a' }],
  });
  await store.close();
});

test.each([
  ['a batch of the outbox alone', (store: IndexedDbStore) => store.apply('d', { ...batch, outboxPut: [message] })],
  ['a note', (store: IndexedDbStore) => store.note([message])],
])('[OUT-11] %s is handed over whole before the task ends: nothing is read first', async (_, write) => {
  const store = new IndexedDbStore(`handed over ${_}`);
  await store.begin(session);
  const committed = vi.spyOn(IDBTransaction.prototype, 'commit');
  const read = vi.spyOn(IDBObjectStore.prototype, 'get');
  const written = write(store);
  for (let microtask = 0; microtask < 10; microtask++) await Promise.resolve();
  expect(committed).toHaveBeenCalledOnce();
  expect(read).not.toHaveBeenCalled();
  await written;
  expect(await store.outbox()).toEqual([message]);
  await store.close();
});

test('[OUT-11] a database that the browser closed is opened again by whoever needs it next', async () => {
  const store = new IndexedDbStore('closed by the browser');
  const transactions = vi.spyOn(IDBDatabase.prototype, 'transaction');
  await store.begin(session);
  const database = transactions.mock.contexts[0];
  const closed = new Promise((resolve) => database?.addEventListener('close', resolve));
  forceCloseDatabase(database as unknown as typeof IDBDatabase);
  await closed;
  await store.apply('d', { ...batch, outboxPut: [message], userSeq: 3 });
  expect(await store.load()).toMatchObject({ session, userSeq: 3, outbox: [{ clientMessageId: 'm1' }] });
  await store.close();
});

test('[OUT-11] so is one that was erased; it does not stand in the way, and nobody is signed in there any more', async () => {
  const name = 'erased';
  const store = new IndexedDbStore(name);
  await store.begin(session);
  await new Promise((resolve, reject) => {
    const erasing = indexedDB.deleteDatabase(name);
    erasing.onsuccess = resolve;
    erasing.onerror = reject;
  });
  await expect(store.apply('d', { ...batch, userSeq: 3 })).rejects.toMatchObject({ code: 'signed-out' });
  await store.note([message]);
  expect(await store.begin(session)).toMatchObject([{ clientMessageId: 'm1' }]);
  await store.close();
});

test('[O2] a tab of a newer version takes the database, and this one says so whenever it is asked', async () => {
  const name = 'newer version';
  const store = new IndexedDbStore(name);
  await store.begin(session);
  const newer = await opened(name, 1_000, () => {});
  for (let attempt = 0; attempt < 2; attempt++) await expect(store.outbox()).rejects.toThrow(/version/i);
  newer.close();
  await store.close();
  await expect(store.outbox()).rejects.toThrow('the database was closed');
});

test('[O2] while a tab of an older version holds the database, opening waits for it', async () => {
  const name = 'held by an older version';
  const older = await firstVersion(name);
  const opening = vi.spyOn(indexedDB, 'open');
  const store = new IndexedDbStore(name);
  const loading = store.load();
  await new Promise((resolve) => opening.mock.results[0]?.value.addEventListener('blocked', resolve));
  older.close();
  expect(await loading).toMatchObject({ session });
  await store.close();
});
