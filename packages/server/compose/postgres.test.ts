import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startServer as startPostgres, type TestServer } from '../adapters/store/postgres/testing/server.ts';
import { startPair } from '../adapters/store/postgres/testing/standby.ts';
import { loadConfig } from '../config.ts';
import { createLogger } from '../log.ts';
import { StartError } from '../start-error.ts';
import { startServer } from './index.ts';

let postgres: TestServer;

beforeAll(async () => {
  postgres = await startPostgres();
}, 60_000);
afterAll(async () => {
  await postgres?.[Symbol.asyncDispose]();
});

/** `--data` names a file, so whoever touches it fails: nothing is kept beside the database. */
const start = (store: string, logger = createLogger({ level: 'silent' })) => {
  const data = fileURLToPath(import.meta.url);
  return startServer(loadConfig({ env: {}, defaults: { host: '127.0.0.1', port: '0', data, store } }), { logger });
};

const post = (port: number, path: string, body: object) =>
  fetch(`http://127.0.0.1:${port}${path}`, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json' },
  });

const profileStatus = async (port: number, accessToken: string) => {
  const headers = { authorization: `Bearer ${accessToken}` };
  return (await fetch(`http://127.0.0.1:${port}/v1/profile`, { headers })).status;
};

test('[L2, A1] a server whose store is PostgreSQL keeps accounts over a restart', async () => {
  const ada = { handle: 'ada', password: 'analytical engine', displayName: 'Ada' };
  const first = await start(postgres.url);
  expect((await post(first.address.port, '/v1/accounts', ada)).status).toBe(201);
  await first.drain();
  const second = await start(postgres.url);
  expect((await post(second.address.port, '/v1/accounts', ada)).status).toBe(409);
  expect((await post(second.address.port, '/v1/sessions', ada)).status).toBe(201);
  await second.drain();
});

test("[A1] servers that start together on one database take each other's tokens", async () => {
  const servers = await Promise.all([start(postgres.url), start(postgres.url), start(postgres.url)]);
  const ports = servers.map(({ address }) => address.port);
  const bea = { handle: 'bea', password: 'analytical engine', displayName: 'Bea' };
  const answer = await post(ports[0] ?? 0, '/v1/accounts', bea);
  const { accessToken, refreshToken } = (await answer.json()) as { accessToken: string; refreshToken: string };
  expect(await Promise.all(ports.map((port) => profileStatus(port, accessToken)))).toEqual([200, 200, 200]);
  expect((await post(ports[1] ?? 0, '/v1/sessions/refresh', { refreshToken })).status).toBe(200);
  await Promise.all(servers.map((server) => server.drain()));
});

test('[P8] a database that cannot be reached is said before anything listens', async () => {
  const nowhere = 'postgres://nobody@127.0.0.1:1/nothing';
  await expect(start(nowhere)).rejects.toThrow(StartError);
});

test('[L2] a server goes on when its database fails over, and says what a further failover may lose', async () => {
  await using pair = await startPair();
  const lines: string[] = [];
  const logger = createLogger({ level: 'info', destination: { write: (line) => void lines.push(line) } });
  const server = await start(pair.url, logger);
  const { port } = server.address;
  expect(server.keptIn).toMatch(/^postgres:\/\/\S+,\S+\/postgres$/);
  const cleo = { handle: 'cleo', password: 'analytical engine', displayName: 'Cleo' };
  expect((await post(port, '/v1/accounts', cleo)).status).toBe(201);
  await pair.failOver();
  const signIn = async (): Promise<number> => {
    const { status } = await post(port, '/v1/sessions', cleo);
    return status === 503 ? signIn() : status;
  };
  expect(await signIn()).toBe(201);
  const notes = lines.filter((line) => line.includes('on timeline'));
  expect(notes).toEqual([
    expect.stringContaining('a commit waits for its synchronous standby (south)'),
    expect.stringContaining('no synchronous standby: a failover may lose what was committed last'),
  ]);
  await server.drain();
}, 120_000);

test('[L2] a standby alone is refused before anything listens', async () => {
  await using pair = await startPair();
  const started = start(pair.standby.url);
  await expect(started).rejects.toThrow(StartError);
  await expect(started).rejects.toThrow('it is a standby and takes no writes');
}, 120_000);
