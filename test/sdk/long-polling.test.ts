import {
  type Client,
  createClient,
  fallbackTransport,
  longPollingTransport,
  MemoryStore,
  type Message,
  type Transport,
  webSocketTransport,
} from '@hongyan/sdk/node';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { PlainHttpProxy } from '../e2e/kit/plain-http-proxy.ts';
import { ServerProcess } from '../e2e/kit/server-process.ts';
import { numbered, textOf } from './kit/device.ts';

vi.setConfig({ testTimeout: 30_000 });

let server: ServerProcess;
let proxy: PlainHttpProxy;
const clients: Client[] = [];
let accounts = 0;

beforeAll(async () => {
  server = await ServerProcess.create();
});
afterAll(() => server?.dispose());
beforeEach(async () => {
  proxy = await PlainHttpProxy.to(server.port);
});
afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.close()));
  proxy.dispose();
});

/** Somebody behind the proxy; `received` is what others wrote. */
async function person(transport: Transport): Promise<{ client: Client; received: Message[] }> {
  const client = createClient({ server: proxy.url, store: new MemoryStore(), transport });
  clients.push(client);
  const received: Message[] = [];
  client.on('message', (message) => received.push(message));
  accounts += 1;
  await client.register({ handle: `polling-${accounts}`, password: 'a long password', displayName: 'P' });
  await until(client, 'connection', () => client.connection.status === 'online');
  return { client, received };
}

function until(client: Client, event: 'connection' | 'message', holds: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const check = () => {
      if (!holds()) return;
      stop();
      resolve();
    };
    const stop = client.on(event, check);
    check();
  });
}

const polling = () => longPollingTransport(proxy.url, { retryPausesMs: [1, 1, 1, 1] });
const withPerson = (client: Client, other: Client) => client.conversationWith(other.me?.userId ?? '');

test('[POL-11, C7, F4] two people talk behind a proxy that allows nothing but plain requests', async () => {
  const [anna, ben] = await Promise.all([person(polling()), person(polling())]);
  const texts = numbered(30, 'plain');
  const handles = texts.map((text) => anna.client.sendText(withPerson(anna.client, ben.client), text));
  await Promise.all(handles.map((handle) => handle.until('delivered')));
  expect(ben.received.map(textOf)).toEqual(texts);
  ben.client.openTimeline(withPerson(ben.client, anna.client)).markRead();
  await handles.at(-1)?.until('read');
  expect(proxy.upgradesRefused).toBe(0);
});

test('[POL-3, POL-5, POL-12] of every request the answer is lost once: nothing is lost, doubled or disordered', async () => {
  const [anna, ben] = await Promise.all([person(polling()), person(polling())]);
  const statuses: string[] = [];
  for (const { client } of [anna, ben]) client.on('connection', ({ status }) => statuses.push(status));
  let answers = 0;
  let lost = 0;
  proxy.loses = (_method, path) => {
    const loses = path.startsWith('/v1/poll/') && ++answers % 2 === 1;
    if (loses) lost += 1;
    return loses;
  };
  const texts = numbered(40, 'through the holes');
  const handles = texts.map((text) => anna.client.sendText(withPerson(anna.client, ben.client), text));
  await Promise.all(handles.map((handle) => handle.until('delivered')));
  proxy.loses = () => false;
  expect(ben.received.map(textOf)).toEqual(texts);
  expect(lost).toBeGreaterThan(10);
  expect(ben.received.map(({ seq }) => seq)).toEqual(texts.map((_, index) => index + 1));
});

test('[POL-12, F4] a client falls back to polling, and climbs to WebSocket once upgrades get through, without a loss', async () => {
  let networkChanged = () => {};
  const transport = () =>
    fallbackTransport([webSocketTransport(`${proxy.url.replace('http', 'ws')}/v1/ws`), polling()], {
      watchNetwork(changed) {
        networkChanged = changed;
      },
    });
  const ben = await person(polling());
  const anna = await person(transport());
  expect(proxy.upgradesRefused).toBe(1);
  const before = numbered(5, 'polled').map((text) => anna.client.sendText(withPerson(anna.client, ben.client), text));
  await Promise.all(before.map((handle) => handle.until('delivered')));
  proxy.allowsUpgrades = true;
  const moved = until(anna.client, 'connection', () => anna.client.connection.status !== 'online');
  networkChanged();
  await moved;
  const after = numbered(5, 'climbed').map((text) => anna.client.sendText(withPerson(anna.client, ben.client), text));
  await Promise.all(after.map((handle) => handle.until('delivered')));
  await until(anna.client, 'connection', () => anna.client.connection.status === 'online');
  // The probe, and the connection.
  expect(proxy.upgradesAllowed).toBe(2);
  expect(ben.received.map(textOf)).toEqual([...numbered(5, 'polled'), ...numbered(5, 'climbed')]);
});
