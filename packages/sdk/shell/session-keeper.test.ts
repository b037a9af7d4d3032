import { createServer, type Server } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { RefreshRefused, Rest } from '../rest.ts';
import { MemoryStore } from '../stores/memory.ts';
import type { SessionRecord } from '../stores/store.ts';
import { SessionKeeper } from './session-keeper.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

const me = { userId: 'u', deviceId: 'd', handle: 'anna', displayName: 'Anna', statusLine: '' };
const session = (refreshToken: string, lifeMs: number): SessionRecord => ({
  me,
  accessToken: `access of ${refreshToken}`,
  accessTokenExpiresAtMs: Date.now() + lifeMs,
  refreshToken,
});

/** Takes only the refresh token that is current, as rotation does. */
async function rotatingServer(): Promise<{ rest: Rest; renewals: () => number }> {
  let current = 0;
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const good = JSON.parse(body).refreshToken === `r${current}`;
    if (good) current += 1;
    const { me: person, ...tokens } = session(`r${current}`, 900_000);
    response.writeHead(good ? 200 : 401, { 'content-type': 'application/json' });
    response.end(JSON.stringify(good ? { ...person, ...tokens } : { code: 'invalid-refresh-token' }));
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return { rest: new Rest(`http://127.0.0.1:${port}`), renewals: () => current };
}

test('[A1] a token about to expire is renewed once for all who ask, and kept', async () => {
  const { rest, renewals } = await rotatingServer();
  const store = new MemoryStore();
  const keeper = new SessionKeeper(rest, store);
  await keeper.save(session('r0', 10_000));
  const tokens = await Promise.all([keeper.accessToken(), keeper.accessToken()]);
  expect(tokens).toEqual(['access of r1', 'access of r1']);
  expect(renewals()).toBe(1);
  expect((await store.session())?.refreshToken).toBe('r1');
});

test('[A1] a session that another tab renewed is used, not renewed with the old token', async () => {
  const { rest, renewals } = await rotatingServer();
  const store = new MemoryStore();
  const [first, second] = [new SessionKeeper(rest, store), new SessionKeeper(rest, store)];
  await first.save(session('r0', 10_000));
  second.restore(session('r0', 10_000));
  expect(await first.accessToken()).toBe('access of r1');
  expect(await second.accessToken()).toBe('access of r1');
  expect(renewals()).toBe(1);
});

test('[A3] a change of the profile keeps the tokens that another tab renewed, and does not undo a sign-out', async () => {
  const { rest } = await rotatingServer();
  const store = new MemoryStore();
  const keeper = new SessionKeeper(rest, store);
  await keeper.save(session('r0', 900_000));
  await store.saveSession(session('r1', 900_000));
  const changes = { displayName: 'Renamed', statusLine: '' };
  await keeper.updateMe(changes);
  expect(await store.session()).toMatchObject({ refreshToken: 'r1', me: changes });
  expect(keeper.me).toMatchObject(changes);
  const late = keeper.updateMe(changes);
  keeper.forget();
  await expect(late).rejects.toMatchObject({ code: 'signed-out' });
  expect(keeper.me).toBeUndefined();
});

test('[A1] a refused renewal and a session erased by another tab are told apart from no network', async () => {
  const { rest } = await rotatingServer();
  const store = new MemoryStore();
  const keeper = new SessionKeeper(rest, store);
  await keeper.save(session('forged', 10_000));
  await expect(keeper.accessToken()).rejects.toBeInstanceOf(RefreshRefused);
  await store.clear();
  await expect(keeper.renew()).rejects.toBeInstanceOf(RefreshRefused);
  const unreachable = new SessionKeeper(new Rest('http://127.0.0.1:1'), store);
  await unreachable.save(session('r0', 10_000));
  await expect(unreachable.accessToken()).rejects.toMatchObject({ code: 'network' });
});
