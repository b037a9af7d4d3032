import { openPostgresStore } from '@hongyan/server/adapters/store/postgres/index.ts';
import { startServer, type TestServer } from '@hongyan/server/adapters/store/postgres/testing/server.ts';
import { afterAll, beforeAll } from 'vitest';
import { storeContract } from './store.ts';

let server: TestServer;
let schemaCount = 0;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server[Symbol.asyncDispose]());

storeContract('postgres', async () => {
  const options = { url: server.url, schema: `contract_${++schemaCount}`, partitionCount: 2 };
  const store = await openPostgresStore(options);
  let current = store;
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
