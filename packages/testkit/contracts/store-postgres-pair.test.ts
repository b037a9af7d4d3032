import { startPair, type TestPair } from '@hongyan/server/adapters/store/postgres/testing/standby.ts';
import { afterAll, beforeAll } from 'vitest';
import { openPostgresAt } from './open-postgres.ts';
import { storeContract } from './store.ts';

let pair: TestPair;
beforeAll(async () => {
  pair = await startPair();
}, 120_000);
afterAll(() => pair[Symbol.asyncDispose]());

storeContract(
  'postgres with a synchronous standby',
  openPostgresAt(() => pair.url),
);
