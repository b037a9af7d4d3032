import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloseCode, encodeCommand, joinFrames, PROTOCOL_VERSION } from '@hongyan/protocol';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { loadConfig } from '../config.ts';
import { StartError } from '../start-error.ts';
import { type RunningServer, startServer } from './index.ts';

let data = '';
const running: RunningServer[] = [];

beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'hongyan-server-'));
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.drain()));
  await rm(data, { recursive: true });
});

const config = (settings: Record<string, string> = {}) =>
  loadConfig({ env: {}, defaults: { host: '127.0.0.1', port: '0', data, logLevel: 'silent', ...settings } });

async function start(settings: Record<string, string> = {}, signal?: AbortSignal) {
  const server = await startServer(config(settings), { signal });
  running.push(server);
  const url = `http://127.0.0.1:${server.address.port}`;
  const post = (path: string, body: object) =>
    fetch(url + path, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } });
  return { ...server, url, post };
}

const ada = { handle: 'ada', password: 'analytical engine', displayName: 'Ada' };

test('[A1] an account made over HTTP is there after a restart, and so is its session', async () => {
  const first = await start();
  expect((await fetch(`${first.url}/healthz`)).status).toBe(200);
  const { refreshToken, accessToken } = (await (await first.post('/v1/accounts', ada)).json()) as {
    refreshToken: string;
    accessToken: string;
  };
  await first.drain();
  const second = await start();
  expect((await second.post('/v1/sessions', ada)).status).toBe(201);
  expect((await second.post('/v1/sessions/refresh', { refreshToken })).status).toBe(200);
  const headers = { authorization: `Bearer ${accessToken}` };
  expect((await fetch(`${second.url}/v1/profile`, { headers })).status).toBe(200);
});

test('[A1] signing out ends the live session of the device, and its token opens no other', async () => {
  const server = await start();
  const { accessToken } = (await (await server.post('/v1/accounts', ada)).json()) as { accessToken: string };
  const hello = {
    protocolVersion: PROTOCOL_VERSION,
    features: [],
    accessToken,
    client: '',
    holdings: undefined,
    resume: undefined,
  };
  const frame = joinFrames([encodeCommand({ id: 1, body: { case: 'hello', value: hello } })]);
  const connect = async () => {
    const socket = new WebSocket(`${server.url.replace('http', 'ws')}/v1/ws`);
    await once(socket, 'open');
    socket.send(frame);
    return socket;
  };
  const socket = await connect();
  await once(socket, 'message');
  const closed = once(socket, 'close');
  const headers = { authorization: `Bearer ${accessToken}` };
  await fetch(`${server.url}/v1/sessions/current`, { method: 'DELETE', headers });
  expect((await closed)[0]).toBe(CloseCode.SESSION_REVOKED);
  expect((await once(await connect(), 'close'))[0]).toBe(CloseCode.UNAUTHENTICATED);
});

test('[C1, M1] previews of links are made unless they are switched off, and never of the server itself', async () => {
  for (const [linkPreviews, expected] of [
    ['on', 'link-preview-unavailable'],
    ['off', 'link-previews-off'],
  ] as const) {
    const server = await start({ linkPreviews, publicUrl: 'http://chat.example.org' });
    const { accessToken } = (await (
      await server.post('/v1/accounts', { ...ada, handle: linkPreviews.padEnd(3, '-') })
    ).json()) as {
      accessToken: string;
    };
    for (const url of ['http://127.0.0.1/', 'http://chat.example.org/']) {
      const headers = { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' };
      const answer = await fetch(`${server.url}/v1/link-previews`, {
        method: 'POST',
        headers,
        body: JSON.stringify({ url }),
      });
      expect(await answer.json()).toMatchObject({ code: expected });
    }
    await server.drain();
  }
});

test('[SES-10] draining closes sessions as going away, stops listening, and can be asked for twice', async () => {
  const server = await start();
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}/v1/ws`);
  await once(socket, 'open');
  const closed = once(socket, 'close');
  await Promise.all([server.drain(), server.drain()]);
  expect((await closed)[0]).toBe(CloseCode.GOING_AWAY);
  await expect(fetch(`${server.url}/healthz`)).rejects.toThrow();
  const tcp = createConnection(server.address.tcpPort, '127.0.0.1');
  await expect(once(tcp, 'connect')).rejects.toThrow('ECONNREFUSED');
});

test('[SES-10] aborting the signal drains', async () => {
  const controller = new AbortController();
  const server = await start({}, controller.signal);
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}/v1/ws`);
  await once(socket, 'open');
  const closed = once(socket, 'close');
  controller.abort();
  expect((await closed)[0]).toBe(CloseCode.GOING_AWAY);
});

test('[P9] a taken port, a directory in use and one that is none are said in words, and nothing stays open', async () => {
  const server = await start();
  const elsewhere = join(data, 'other');
  const { port, tcpPort } = server.address;
  const failing: [Record<string, string>, RegExp][] = [
    [{ port: String(port), tcpPort: '0', data: elsewhere }, /^Port \d+ on 127\.0\.0\.1 is in use/],
    [{ tcpPort: String(tcpPort), data: elsewhere }, /^TCP port \d+ on 127\.0\.0\.1 is in use/],
    [{}, /has the data directory .* open/],
  ];
  for (const [settings, message] of failing) {
    const failure = await startServer(config(settings)).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(StartError);
    expect(failure).toHaveProperty('message', expect.stringMatching(message));
  }
  const file = join(data, 'file');
  await writeFile(file, '');
  await expect(startServer(config({ data: file }))).rejects.toThrow('is not a writable directory');
  await start({ data: elsewhere });
});
