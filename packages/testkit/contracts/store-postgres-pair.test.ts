import { openPostgresStore } from '@hongyan/server/adapters/store/postgres/index.ts';
import { startPair, type TestPair } from '@hongyan/server/adapters/store/postgres/testing/standby.ts';
import { afterAll, beforeAll } from 'vitest';
import { storeContract } from './store.ts';

let pair: TestPair;
let schemaCount = 0;
beforeAll(async () => {
  pair = await startPair();
}, 120_000);
afterAll(() => pair[Symbol.asyncDispose]());

storeContract('postgres with a synchronous standby', async () => {
  const options = { url: pair.url, schema: `contract_${++schemaCount}`, partitionCount: 2 };
  let current = await openPostgresStore(options);
  const store = current;
  return {
    store,
    async reopen() {
      await current.close();
      current = await openPostgresStore(options);
      return current;
    },
    cleanup: () => current.close(),
  };
});
