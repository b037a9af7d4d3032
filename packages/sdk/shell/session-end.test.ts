import 'fake-indexeddb/auto';
import { CloseCode } from '@hongyan/protocol';
import { afterEach, describe, expect, test } from 'vitest';
import { createClient } from '../client.ts';
import { anna, conversationId } from '../engine/testing/model-server.ts';
import { IndexedDbStore } from '../stores/indexeddb.ts';
import { MemoryStore } from '../stores/memory.ts';
import type { ClientStore } from '../stores/store.ts';
import type { Client } from '../types.ts';
import type { Neighbours } from './neighbours.ts';
import { FakeNeighbours } from './testing/fake-neighbours.ts';
import { httpApi } from './testing/http-api.ts';
import { ModelNetwork } from './testing/model-network.ts';
import { sessionAnswer, sessionOf } from './testing/sessions.ts';

const open: { close: () => void | Promise<void> }[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

/** A server that takes whoever signs in, on a new device, and renews no session; nothing else works. */
async function api(ended?: object): Promise<string> {
  const server = await httpApi((method, path, body) => {
    if (path === '/v1/sessions/refresh') {
      return { status: 401, body: JSON.stringify({ code: 'invalid-refresh-token', ended }) };
    }
    if (method !== 'POST') return { status: 503, body: '{}' };
    return { status: 201, body: sessionAnswer(sessionOf(JSON.parse(body).handle, 1)) };
  });
  open.push(server);
  return server.url;
}

interface World {
  server: string;
  store: () => ClientStore;
  neighbours: Neighbours;
  network: ModelNetwork;
}

/** Where nobody is signed in, Anna is. */
async function tab({ server, store, neighbours, network }: World): Promise<Client> {
  const own = store();
  if (!(await own.session())) await own.begin(sessionOf('anna'));
  const client = createClient({ server, store: own, neighbours, transport: network.transport });
  open.push(client);
  await client.start();
  return client;
}

const until = (client: Client, status: string) =>
  new Promise<void>((resolve) => {
    const check = () => void (client.connection.status === status && resolve());
    client.on('connection', check);
    check();
  });

const signedOut = (client: Client) =>
  new Promise<void>((resolve) => {
    client.on('me', (me) => void (me === undefined && resolve()));
  });

const as = (handle: 'anna' | 'ben') => ({ handle, password: 'right' });

let databases = 0;
const worlds = [
  { world: 'in memory', stores: () => memoryStores() },
  { world: 'in IndexedDB', stores: () => databaseStores() },
];

function memoryStores(): () => ClientStore {
  const store = new MemoryStore('shared');
  return () => store;
}

function databaseStores(): () => ClientStore {
  databases += 1;
  const name = `session end ${databases}`;
  return () => new IndexedDbStore(name);
}

/** Anna, who wrote something that was not sent before the server refused her session. */
async function endedByTheServer(store: () => ClientStore) {
  const world = { server: await api(), store, neighbours: new FakeNeighbours(), network: new ModelNetwork() };
  world.network.takesSends = false;
  const before = await tab(world);
  const { id } = before.sendText(conversationId, 'not sent');
  await before.close();
  const own = store();
  await own.saveSession({ ...sessionOf('anna'), accessTokenExpiresAtMs: 0 });
  const client = createClient({ ...world, store: own, transport: world.network.transport });
  open.push(client);
  const ended = signedOut(client);
  await client.start();
  await ended;
  return { client, network: world.network, id };
}

test('[OUT-9] what was not sent is found again in a store that nobody shares, too', async () => {
  const store = new MemoryStore();
  const { client, network, id } = await endedByTheServer(() => store);
  network.takesSends = true;
  await client.signIn(as('anna'));
  expect(client.conversations).toMatchObject([{ lastMessage: { id } }]);
});

/** Anna's client when the server refuses to renew her session, and says so why; what it tells. */
async function told(ended?: object) {
  const world = { server: await api(ended), neighbours: new FakeNeighbours(), network: new ModelNetwork() };
  const store = new MemoryStore();
  await store.begin({ ...sessionOf('anna'), accessTokenExpiresAtMs: 0 });
  const client = createClient({ ...world, store, transport: world.network.transport });
  open.push(client);
  const end = new Promise((resolve) => client.on('sessionEnded', (why) => resolve([why, client.me])));
  const error = new Promise((resolve) => client.on('error', resolve));
  await client.start();
  return { end: await end, error: await error };
}

test('[DEV-3, A2] whose place a newer device took is told its name', async () => {
  const ended = { reason: 'replaced', deviceName: '新手机' };
  const { end, error } = await told(ended);
  expect(end).toEqual([ended, undefined]);
  expect(error).toMatchObject({ code: 'signed-out', end: ended });
});

test.each([undefined, { reason: 'of the future', deviceName: '' }, { reason: 'revoked' }, 'revoked'])(
  '[DEV-3, P9] of %j nothing can be told but that the session ended',
  async (ended) => {
    expect((await told(ended as object)).end).toEqual([{ reason: 'unknown', deviceName: '' }, undefined]);
  },
);

test('[DEV-3, OUT-10] every tab is told why the server ended the session', async () => {
  const ended = { reason: 'revoked', deviceName: 'Laptop' };
  const stores = databaseStores();
  const world = {
    server: await api(ended),
    store: stores,
    neighbours: new FakeNeighbours(),
    network: new ModelNetwork(),
  };
  const tabs = [await tab(world), await tab(world)];
  await Promise.all(tabs.map((client) => until(client, 'online')));
  const told = tabs.map((client) => new Promise((resolve) => client.on('sessionEnded', resolve)));
  world.network.close(CloseCode.SESSION_REVOKED);
  expect(await Promise.all(told)).toEqual([ended, ended]);
});

describe.each(worlds)('the end of a session $world', ({ stores }) => {
  test('[OUT-10] who signs out in one tab, without a network, and comes back as another is signed out in all', async () => {
    const world = {
      server: await api(),
      store: stores(),
      neighbours: new FakeNeighbours(),
      network: new ModelNetwork(),
    };
    world.network.takesSends = false;
    const [first, second] = [await tab(world), await tab(world)];
    await Promise.all([until(first, 'online'), until(second, 'online')]);
    const heard = signedOut(second);
    await first.signOut();
    expect((await first.signIn(as('ben'))).handle).toBe('ben');
    await heard;
    expect(second.connection).toEqual({ status: 'signed-out' });
    expect(() => second.sendText(`self.${anna}`, 'a private note')).toThrow('nobody is signed in');
    expect(await world.store().load()).toMatchObject({ session: { me: { handle: 'ben' } }, outbox: [] });
  });

  test('[OUT-9, OUT-10] a tab that hears nothing of it leaves nothing in the other account’s store, and ends at its first write', async () => {
    const deaf: Neighbours = { join: () => ({ tell() {}, leave() {} }), elect: (_, __, changed) => changed(true) };
    const world = { server: await api(), store: stores(), neighbours: deaf, network: new ModelNetwork() };
    world.network.takesSends = false;
    const [first, second] = [await tab(world), await tab(world)];
    await Promise.all([until(first, 'online'), until(second, 'online')]);
    await first.signOut();
    await first.signIn(as('ben'));
    second.sendText(conversationId, 'written by Anna');
    second.sendText(`self.${anna}`, 'a private note');
    expect(second.me?.handle).toBe('anna');
    const ended = signedOut(second);
    const third = await tab(world);
    expect(third.me?.handle).toBe('ben');
    expect(third.conversations.flatMap(({ lastMessage }) => lastMessage?.content ?? [])).toEqual([]);
    world.network.takesSends = true;
    await third.sendText(conversationId, 'written by Ben').until('sent');
    await ended;
    expect(await world.store().session()).toMatchObject({ me: { handle: 'ben' } });
  });

  test('[OUT-9] what was not sent when the server ended the session is sent when the same account signs in again', async () => {
    const { client, network, id } = await endedByTheServer(stores());
    network.takesSends = true;
    const arrived = new Promise<void>((resolve) => {
      client.on('conversations', ([newest]) => void (newest?.lastMessage?.state.name === 'sent' && resolve()));
    });
    await client.signIn(as('anna'));
    await arrived;
    expect(network.server.log.map(({ clientMessageId }) => clientMessageId)).toEqual([id]);
  });

  test('[OUT-9] another account that signs in is shown nothing of it and sends nothing of it', async () => {
    const { client, network } = await endedByTheServer(stores());
    network.takesSends = true;
    await client.signIn(as('ben'));
    expect(client.conversations).toEqual([]);
    await client.sendText(conversationId, 'of Ben').until('sent');
    expect(network.server.log).toHaveLength(1);
  });
});
