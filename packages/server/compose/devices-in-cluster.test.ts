import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import {
  CloseCode,
  DEFAULT_LIMITS,
  decodeServerFrame,
  encodeCommand,
  joinFrames,
  PROTOCOL_VERSION,
  splitFrames,
} from '@hongyan/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { startNats, type TestNats } from '../adapters/broker/nats/testing/server.ts';
import { startServer as startPostgres, type TestServer } from '../adapters/store/postgres/testing/server.ts';
import { loadConfig } from '../config.ts';
import { createLogger } from '../log.ts';
import { type RunningServer, startServer } from './index.ts';

let postgres: TestServer;
let nats: TestNats;
/** A gateway without a store, and where REST and logic are. */
let gateway: RunningServer;
let api: RunningServer;

beforeAll(async () => {
  [postgres, nats] = await Promise.all([startPostgres(), startNats()]);
  // Names a file, so whoever touches it fails: nothing is kept beside the database.
  const own = { host: '127.0.0.1', port: '0', data: fileURLToPath(import.meta.url), broker: nats.url };
  const start = (settings: Record<string, string>) =>
    startServer(loadConfig({ env: {}, defaults: { ...own, ...settings } }), {
      logger: createLogger({ level: 'silent' }),
    });
  [gateway, api] = await Promise.all([
    start({ roles: 'gateway' }),
    start({ roles: 'logic,api', store: postgres.url, devicePolicy: 'one-of-each-kind' }),
  ]);
}, 60_000);
afterAll(async () => {
  await Promise.all([gateway?.drain(), api?.drain()]);
  await Promise.all([postgres?.[Symbol.asyncDispose](), nats?.[Symbol.asyncDispose]()]);
});

const ada = { handle: 'ada', password: 'analytical engine', displayName: 'Ada' };

async function call(method: string, path: string, body?: object, accessToken = '') {
  const headers = {
    authorization: `Bearer ${accessToken}`,
    ...(body !== undefined && { 'content-type': 'application/json' }),
  };
  const answer = await fetch(`http://127.0.0.1:${api.address.port}${path}`, {
    ...{ method, headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, body: text === '' ? undefined : JSON.parse(text) };
}

/** A live session at the gateway; `closed` is the code it ends with. */
async function live(accessToken: string): Promise<{ closed: Promise<unknown> }> {
  const said = { accessToken, protocolVersion: PROTOCOL_VERSION, client: '', features: [] };
  const value = { ...said, holdings: undefined, resume: undefined };
  const socket = new WebSocket(`ws://127.0.0.1:${gateway.address.port}/v1/ws`);
  const closed = once(socket, 'close').then(([code]) => code);
  await once(socket, 'open');
  socket.send(joinFrames([encodeCommand({ id: 1, body: { case: 'hello', value } })]));
  const [answer] = await once(socket, 'message');
  const [first = new Uint8Array()] = splitFrames(answer, DEFAULT_LIMITS.frameBytesMax);
  if (decodeServerFrame(first).frame?.case === 'reply') return { closed };
  // The gateway has not heard of the node with logic yet.
  expect(await closed).toBe(CloseCode.UNAVAILABLE);
  return live(accessToken);
}

test('[DEV-3, DEV-4, L2] a sign-out over REST at one node ends the session at another at once, and says why', async () => {
  const signIn = (deviceKind: string) => call('POST', '/v1/sessions', { ...ada, deviceName: 'new', deviceKind });
  const { body: phone } = await call('POST', '/v1/accounts', { ...ada, deviceName: 'old', deviceKind: 'phone' });
  const { body: laptop } = await signIn('desktop');
  const [onPhone, onLaptop] = [await live(phone.accessToken), await live(laptop.accessToken)];
  const { body: newer } = await signIn('phone');
  expect(await onPhone.closed).toBe(CloseCode.SESSION_REPLACED);
  const refreshed = await call('POST', '/v1/sessions/refresh', { refreshToken: phone.refreshToken });
  expect(refreshed).toMatchObject({ status: 401, body: { ended: { reason: 'replaced', deviceName: 'new' } } });
  expect((await call('DELETE', `/v1/devices/${laptop.deviceId}`, undefined, newer.accessToken)).status).toBe(204);
  expect(await onLaptop.closed).toBe(CloseCode.SESSION_REVOKED);
});
