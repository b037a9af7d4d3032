import { createServer, type Server } from 'node:http';
import { afterEach, expect, test, vi } from 'vitest';
import { Rest } from '../rest.ts';
import { MemoryStore } from '../stores/memory.ts';
import type { SessionRecord } from '../stores/store.ts';
import { SessionKeeper } from './session-keeper.ts';
import { httpApi } from './testing/http-api.ts';

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
  await keeper.begin(session('r0', 10_000));
  const tokens = await Promise.all([keeper.accessToken(), keeper.accessToken()]);
  expect(tokens).toEqual(['access of r1', 'access of r1']);
  expect(renewals()).toBe(1);
  expect((await store.session())?.refreshToken).toBe('r1');
});

test('[A1] a session that another tab renewed is used, not renewed with the old token', async () => {
  const { rest, renewals } = await rotatingServer();
  const store = new MemoryStore();
  const [first, second] = [new SessionKeeper(rest, store), new SessionKeeper(rest, store)];
  await first.begin(session('r0', 10_000));
  second.restore(session('r0', 10_000));
  expect(await first.accessToken()).toBe('access of r1');
  expect(await second.accessToken()).toBe('access of r1');
  expect(renewals()).toBe(1);
});

test('[A3] a change of the profile keeps the tokens that another tab renewed, and does not undo a sign-out', async () => {
  const { rest } = await rotatingServer();
  const store = new MemoryStore();
  const keeper = new SessionKeeper(rest, store);
  await keeper.begin(session('r0', 900_000));
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
  await keeper.begin(session('forged', 10_000));
  await expect(keeper.accessToken()).rejects.toMatchObject({ code: 'signed-out' });
  await store.end(me.deviceId, 'nothing');
  await expect(keeper.renew()).rejects.toMatchObject({ code: 'signed-out' });
  const unreachable = new SessionKeeper(new Rest('http://127.0.0.1:1'), store);
  await unreachable.begin(session('r0', 10_000));
  await expect(unreachable.accessToken()).rejects.toMatchObject({ code: 'network' });
});

test('[OUT-10] a client of the account before does not take the session of the one that signed in after it', async () => {
  const { rest } = await rotatingServer();
  const store = new MemoryStore();
  const keeper = new SessionKeeper(rest, store);
  await keeper.begin(session('r0', 10_000));
  const next = { ...session('r1', 900_000), me: { ...me, userId: 'u2', deviceId: 'd2', handle: 'ben' } };
  await store.begin(next);
  await expect(keeper.accessToken()).rejects.toMatchObject({ code: 'signed-out' });
  await expect(keeper.updateMe({ displayName: 'Anna', statusLine: '' })).rejects.toMatchObject({ code: 'signed-out' });
  expect(keeper.me?.handle).toBe('anna');
  expect(await store.session()).toEqual(next);
});

test('[OUT-10] nor does a renewal that was under way put the old session in its place', async () => {
  const store = new MemoryStore();
  const next = { ...session('r1', 900_000), me: { ...me, userId: 'u2', deviceId: 'd2', handle: 'ben' } };
  const { rest } = await rotatingServer();
  const slow = new Rest('http://127.0.0.1:1');
  slow.refresh = async (token) => {
    const renewed = await rest.refresh(token);
    await store.begin(next);
    return renewed;
  };
  const keeper = new SessionKeeper(slow, store);
  await keeper.begin(session('r0', 10_000));
  await expect(keeper.accessToken()).rejects.toMatchObject({ code: 'signed-out' });
  expect(await store.session()).toEqual(next);
});

test.each(['<html>log in to this network</html>', '{"status":"ok"}'])(
  '[A1] a captive portal that answers %j to a renewal leaves the session as it is',
  async (body) => {
    const portal = await httpApi(() => ({ status: 200, body }));
    const store = new MemoryStore();
    const keeper = new SessionKeeper(new Rest(portal.url), store);
    const kept = session('r0', 10_000);
    await keeper.begin(kept);
    await expect(keeper.accessToken()).rejects.toMatchObject({ code: 'network' });
    expect(await store.session()).toEqual(kept);
    expect(keeper.me).toEqual(me);
    portal.close();
  },
);

test('[CON-9] a tab that holds the session’s lock and does not end is not waited for without end', async () => {
  const { rest } = await rotatingServer();
  const keeper = new SessionKeeper(rest, new MemoryStore());
  await keeper.begin(session('r0', 10_000));
  const request = (_name: string, { signal }: { signal: AbortSignal }) =>
    new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
  vi.stubGlobal('document', {});
  vi.stubGlobal('navigator', { locks: { request } });
  const deadline = new AbortController();
  const timeout = vi.spyOn(AbortSignal, 'timeout').mockReturnValue(deadline.signal);
  const asked = keeper.accessToken();
  deadline.abort(new Error('the time is up'));
  await expect(asked).rejects.toMatchObject({ code: 'network' });
  expect(timeout).toHaveBeenCalledWith(20_000);
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  expect(await keeper.accessToken()).toBe('access of r1');
});
