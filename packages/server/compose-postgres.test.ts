import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startServer as startPostgres, type TestServer } from './adapters/store/postgres/testing/server.ts';
import { startServer } from './compose.ts';
import { loadConfig } from './config.ts';
import { StartError } from './start-error.ts';

let postgres: TestServer;
let data = '';

beforeAll(async () => {
  [postgres, data] = await Promise.all([startPostgres(), mkdtemp(join(tmpdir(), 'hongyan-server-'))]);
}, 60_000);
afterAll(async () => {
  await postgres?.[Symbol.asyncDispose]();
  await rm(data, { recursive: true });
});

const start = (store: string) =>
  startServer(loadConfig({ env: {}, defaults: { host: '127.0.0.1', port: '0', data, logLevel: 'silent', store } }));

test('[L2, A1] a server whose store is PostgreSQL keeps accounts over a restart', async () => {
  const ada = { handle: 'ada', password: 'analytical engine', displayName: 'Ada' };
  const post = (port: number, path: string) =>
    fetch(`http://127.0.0.1:${port}${path}`, {
      method: 'POST',
      body: JSON.stringify(ada),
      headers: { 'content-type': 'application/json' },
    });
  const first = await start(postgres.url);
  expect((await post(first.address.port, '/v1/accounts')).status).toBe(201);
  await first.drain();
  const second = await start(postgres.url);
  expect((await post(second.address.port, '/v1/accounts')).status).toBe(409);
  expect((await post(second.address.port, '/v1/sessions')).status).toBe(201);
  await second.drain();
});

test('[P8] a database that cannot be reached is said before anything listens', async () => {
  const nowhere = 'postgres://nobody@127.0.0.1:1/nothing';
  await expect(start(nowhere)).rejects.toThrow(StartError);
});
