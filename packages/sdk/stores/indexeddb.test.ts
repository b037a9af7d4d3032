import 'fake-indexeddb/auto';
import { clientStoreContract } from './contract.ts';
import { IndexedDbStore } from './indexeddb.ts';

let databases = 0;

clientStoreContract('indexeddb', () => {
  databases += 1;
  const name = `contract-${databases}`;
  return { open: () => new IndexedDbStore(name), survivesRestart: true };
});
