import { startServer, type TestServer } from '@hongyan/server/adapters/store/postgres/testing/server.ts';
import { afterAll, beforeAll } from 'vitest';
import { openPostgresAt } from './open-postgres.ts';
import { storeContract } from './store.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server[Symbol.asyncDispose]());

storeContract(
  'postgres',
  openPostgresAt(() => server.url),
);
