import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { Rest } from '../rest.ts';
import { MemoryStore } from '../stores/memory.ts';
import { Gateways } from './gateways.ts';
import { SessionKeeper } from './session-keeper.ts';
import { type ApiAnswer, httpApi } from './testing/http-api.ts';
import { sessionAnswer, sessionOf } from './testing/sessions.ts';

const open: { close: () => void }[] = [];
afterEach(() => {
  vi.useRealTimers();
  for (const api of open.splice(0)) api.close();
});

const HOUR_MS = 3_600_000;
const allocated = (...urls: string[]): ApiAnswer => ({
  status: 200,
  body: JSON.stringify({ status: 'allocated', gateways: urls.map((url) => ({ url })), keepForMs: HOUR_MS }),
});
const queued = (place: number, ticket?: string): ApiAnswer => ({
  status: 200,
  body: JSON.stringify({ status: 'queued', place, retryAfterMs: 3_400, ticket }),
});
const problem = (status: number, headers = {}): ApiAnswer => ({ status, body: '{"code":"not-found"}', headers });

/** Anna's device, and a server that gives these answers in turn, the last one for ever. */
async function device(...answers: ApiAnswer[]) {
  const asked: string[] = [];
  const api = await httpApi((_method, path, body) => {
    if (path === '/v1/sessions/refresh') return { status: 200, body: sessionAnswer(sessionOf('anna')) };
    asked.push(JSON.parse(body).ticket ?? '');
    return (answers.length > 1 ? answers.shift() : answers[0]) ?? problem(500);
  });
  open.push(api);
  const rest = new Rest(api.url);
  const store = new MemoryStore();
  await store.begin(sessionOf('anna'));
  const start = async () => {
    const sessions = new SessionKeeper(rest, store);
    const session = await store.session();
    if (session) sessions.restore(session);
    const gateways = new Gateways({ server: api.url, rest, sessions });
    const where = async (last: Parameters<Gateways['next']>[0] = 'none') =>
      (await gateways.next(last, 'token')) ?? gateways.url.replace(api.url, 'own');
    return { sessions, gateways, where };
  };
  return { ...(await start()), asked, store, restart: start };
}

/** The store is written to without anybody waiting for it. */
const stored = (store: MemoryStore, urls: readonly string[]) =>
  vi.waitFor(async () => expect((await store.session())?.gateways?.urls).toEqual(urls));

test('[A6, CON-10] the server is asked once; a restart goes by what it said', async () => {
  const { where, asked, store, restart } = await device(allocated('http://g1', 'http://g2'));
  expect(await where()).toBe('http://g1');
  expect([await where('lost'), await where('none')]).toEqual(['http://g1', 'http://g1']);
  await stored(store, ['http://g1', 'http://g2']);
  const again = await restart();
  expect(await again.where()).toBe('http://g1');
  expect(asked).toHaveLength(1);
});

test('[CON-10] attempts that fail go down the list; when all have failed the server is asked again', async () => {
  const { where, asked } = await device(allocated('http://g1', 'http://g2', ''), allocated('http://g3'));
  expect([await where(), await where('failed'), await where('failed')]).toEqual(['http://g1', 'http://g2', 'own']);
  expect(asked).toHaveLength(1);
  expect(await where('failed')).toBe('http://g3');
  expect(asked).toHaveLength(2);
});

test('[CON-10] a connection that worked begins the count anew, and is looked for where it was', async () => {
  const { where, asked } = await device(allocated('http://g1', 'http://g2'));
  expect([await where(), await where('failed')]).toEqual(['http://g1', 'http://g2']);
  expect([await where('lost'), await where('failed')]).toEqual(['http://g2', 'http://g1']);
  expect(asked).toHaveLength(1);
});

test('[CON-10, L1] who was sent away asks at once, and goes to the next one where there is no answer', async () => {
  const { where, asked } = await device(allocated('http://g1', 'http://g2'), problem(503), allocated('http://g3'));
  expect([await where(), await where('sent-away')]).toEqual(['http://g1', 'http://g2']);
  expect(await where('failed')).toBe('http://g3');
  expect(asked).toHaveLength(3);
});

test('[CON-10] an answer that is too old is asked for again, but for a connection that was just lost', async () => {
  const { where, asked } = await device(allocated('http://g1'), allocated('http://g2'));
  expect(await where()).toBe('http://g1');
  vi.useFakeTimers({ now: Date.now() + HOUR_MS, toFake: ['Date'] });
  expect([await where('lost'), await where('failed')]).toEqual(['http://g1', 'http://g2']);
  expect(asked).toHaveLength(2);
});

test('[CON-10] a clock that was wrong binds nobody to an answer for years', async () => {
  const { where, asked } = await device(allocated('http://g1'), allocated('http://g2'));
  vi.useFakeTimers({ now: Date.UTC(2099, 0, 1), toFake: ['Date'] });
  expect(await where()).toBe('http://g1');
  vi.useRealTimers();
  expect(await where()).toBe('http://g2');
  expect(asked).toHaveLength(2);
});

test('[CON-10] a single server is asked once, however often it goes away; only when it stays away, again', async () => {
  const { where, asked } = await device(allocated());
  expect(await where()).toBe('own');
  for (const last of ['sent-away', 'lost', 'failed', 'failed', 'failed', 'failed'] as const) {
    expect(await where(last)).toBe('own');
  }
  expect(asked).toHaveLength(1);
  expect(await where('failed')).toBe('own');
  expect(await where('failed')).toBe('own');
  expect(asked).toHaveLength(2);
});

test.each([
  ['does not know the call', problem(404)],
  ['answers nonsense', { status: 200, body: '<html>log in to this network</html>' }],
  ['answers half', { status: 200, body: '{"gateways":[{"port":1}],"keepForMs":1}' }],
])('[CON-10] where the server %s, it is connected to itself, and asked again the next time', async (_what, answer) => {
  const { where, asked } = await device(answer, answer, allocated('http://g1'));
  expect([await where(), await where('failed'), await where('failed')]).toEqual(['own', 'own', 'http://g1']);
  expect(asked).toHaveLength(3);
});

test('[CON-10] a server that stays silent is not waited for', async () => {
  const silent = createServer().listen(0, '127.0.0.1');
  open.push(silent);
  await once(silent, 'listening');
  const address = silent.address();
  const server = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  const rest = new Rest(server);
  const sessions = new SessionKeeper(rest, new MemoryStore());
  sessions.restore(sessionOf('anna'));
  const gateways = new Gateways({ server, rest, sessions });
  expect(await gateways.next('none', 'token')).toBeUndefined();
  expect(gateways.url).toBe(server);
});

test('[CON-2, CON-10] a server that says when to ask again is not asked before', async () => {
  const { where, asked } = await device(problem(429, { 'retry-after': '60' }), allocated('http://g1'));
  expect([await where(), await where('failed')]).toEqual(['own', 'own']);
  expect(asked).toHaveLength(1);
  vi.useFakeTimers({ now: Date.now() + 60_001, toFake: ['Date'] });
  expect(await where('failed')).toBe('http://g1');
});

test('[A6, CON-11] a place in the line is asked for with its ticket, also after a restart, until there is room', async () => {
  const { where, asked, store, restart } = await device(
    queued(12, 'kept'),
    queued(3, 'kept on'),
    allocated('http://g1'),
  );
  expect(await where()).toEqual({ place: 12, retryAfterMs: 3_400 });
  await stored(store, []);
  const again = await restart();
  expect(await again.where()).toEqual({ place: 3, retryAfterMs: 3_400 });
  expect(await again.where()).toBe('http://g1');
  expect(asked).toEqual(['', 'kept', 'kept on']);
  expect(again.sessions.gateways).not.toHaveProperty('ticket');
});

test('[CON-11] what was known before a place in the line counts while nobody answers', async () => {
  const { where } = await device(allocated('http://g1'), queued(2), problem(500));
  expect(await where()).toBe('http://g1');
  expect(await where('sent-away')).toMatchObject({ place: 2 });
  expect(await where()).toBe('http://g1');
});

test('[CON-10] renewed tokens and a new name leave it as it is; another session knows nothing of it', async () => {
  const { where, sessions, store } = await device(allocated('http://g1'));
  await where();
  await stored(store, ['http://g1']);
  await sessions.renew();
  await sessions.updateMe({ displayName: 'A.', statusLine: '' });
  expect([sessions.gateways?.urls, (await store.session())?.gateways?.urls]).toEqual([['http://g1'], ['http://g1']]);
  await sessions.begin(sessionOf('anna', 2));
  expect([sessions.gateways, (await store.session())?.gateways]).toEqual([undefined, undefined]);
});

test('[CON-10] an answer that comes when somebody else is signed in is not theirs', async () => {
  const { gateways, sessions } = await device(allocated('http://g1'));
  const next = gateways.next('none', 'token');
  await sessions.begin(sessionOf('ben'));
  await next;
  expect(sessions.gateways).toBeUndefined();
});

test('[CON-10] a store that fails costs nothing but the memory of it', async () => {
  const { where, store, asked } = await device(allocated('http://g1'));
  vi.spyOn(store, 'saveSession').mockRejectedValue(new Error('full'));
  expect([await where(), await where()]).toEqual(['http://g1', 'http://g1']);
  expect(asked).toHaveLength(1);
});
