import 'fake-indexeddb/auto';
import { indexedDB } from 'fake-indexeddb';
import { expect, test } from 'vitest';
import { clientStoreContract } from './contract.ts';
import { IndexedDbStore } from './indexeddb.ts';

const person = { userId: 'u0000000000000000', handle: 'anna', displayName: 'Anna', statusLine: '' };
let databases = 0;

clientStoreContract('indexeddb', () => {
  databases += 1;
  const name = `contract-${databases}`;
  return { open: () => new IndexedDbStore(name), survivesRestart: true };
});

test('[O2] a database of version 1 keeps what it has when people and account records are added to it', async () => {
  const name = 'migration';
  await new Promise((resolve, reject) => {
    const opening = indexedDB.open(name, 1);
    opening.onupgradeneeded = () => {
      const database = opening.result;
      database.createObjectStore('meta').put({ me: person, refreshToken: 'kept' }, 'session');
      database.createObjectStore('conversations', { keyPath: 'conversationId' });
      database.createObjectStore('outbox', { keyPath: 'clientMessageId' });
      database.createObjectStore('entries', { keyPath: ['conversationId', 'seq'] });
    };
    opening.onsuccess = () => resolve(opening.result.close());
    opening.onerror = () => reject(opening.error);
  });
  const store = new IndexedDbStore(name);
  await store.savePeople([person]);
  const pending = { changedAtMs: 1, value: Uint8Array.of(1) };
  const batch = { entries: [], conversations: [], outboxPut: [], outboxRemove: [], userSeq: 0 };
  await store.apply({ ...batch, records: [{ key: 'setting/a', confirmed: undefined, pending }] });
  expect(await store.load()).toMatchObject({
    session: { refreshToken: 'kept' },
    people: [person],
    records: [{ key: 'setting/a' }],
  });
  await store.close();
});
