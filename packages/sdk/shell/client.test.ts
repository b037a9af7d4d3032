import { expect, test, vi } from 'vitest';
import { createClient } from '../client.ts';
import { MemoryStore } from '../stores/memory.ts';
import type { SessionRecord } from '../stores/store.ts';
import type { Transport } from '../transports/transport.ts';
import type { ConnectionState, Message, Person } from '../types.ts';
import { httpApi } from './testing/http-api.ts';

const anna = 'u0000000000000000';
const ben = 'u0000000000000001';
const me = { userId: anna, deviceId: 'd0000000000000000', handle: 'anna', displayName: 'Anna', statusLine: '' };
const session: SessionRecord = {
  me,
  accessToken: 'access',
  accessTokenExpiresAtMs: Date.now() + 900_000,
  refreshToken: 'refresh',
};

/** A network on which nothing is ever reached. */
const silence: Transport = () => ({ send() {}, close() {} });

async function offlineClient(store = new MemoryStore()) {
  if (!(await store.session())) await store.begin(session);
  const client = createClient({ server: 'http://127.0.0.1:1', store, transport: silence });
  await client.start();
  return { client, store };
}

test('[C7] sendText answers at once without a connection, and what was written is there after a restart', async () => {
  const { client, store } = await offlineClient();
  const conversation = client.conversationWith(ben);
  const timeline = client.openTimeline(conversation);
  const handle = client.sendText(conversation, 'hello');
  expect(handle.state).toEqual({ name: 'queued' });
  expect(timeline.messages).toMatchObject([{ id: handle.id, state: { name: 'queued' }, content: { text: 'hello' } }]);
  const waiting = handle.until('sent');
  await Promise.all([client.close(), expect(waiting).rejects.toMatchObject({ code: 'signed-out' })]);
  const again = await offlineClient(store);
  expect(again.client.conversations).toMatchObject([{ id: conversation, lastMessage: { id: handle.id } }]);
  await again.client.close();
});

test('[A3] after a start without a network everybody known has a name, oneself included', async () => {
  const store = new MemoryStore();
  const person = { userId: ben, handle: 'ben', displayName: 'Ben', statusLine: 'away' };
  await store.begin(session);
  await store.savePeople(me.deviceId, [{ ...me, displayName: 'Anna of old' }, person]);
  const client = createClient({ server: 'http://127.0.0.1:1', store, transport: silence });
  const told: Person[] = [];
  client.on('person', (known) => told.push(known));
  expect(await client.start()).toEqual(me);
  const { deviceId: _, ...own } = me;
  expect([client.person(ben), client.person(anna)]).toEqual([person, own]);
  expect(told).toEqual([person, own]);
  await client.close();
});

test('[C7] a discarded message is gone, and its handle says so', async () => {
  const { client } = await offlineClient();
  const handle = client.sendText(client.notesToSelf, 'hello');
  const waiting = handle.until('sent');
  client.discard(handle.id);
  await expect(waiting).rejects.toMatchObject({ code: 'refused' });
  expect(client.conversations).toEqual([]);
  await client.close();
});

test('[P9] a listener that throws harms neither the others nor the client', async () => {
  const complaint = vi.spyOn(console, 'error').mockImplementation(() => {});
  const { client } = await offlineClient();
  client.on('conversations', () => {
    throw new Error('mine');
  });
  const told = new Promise((resolve) => client.on('conversations', resolve));
  client.sendText(client.notesToSelf, 'hello');
  expect(await told).toHaveLength(1);
  expect(complaint).toHaveBeenCalledOnce();
  complaint.mockRestore();
  await client.close();
});

test('[A1] signing out erases the device even when the server is not there', async () => {
  const { client, store } = await offlineClient();
  client.sendText(client.notesToSelf, 'hello');
  const states: ConnectionState[] = [];
  client.on('connection', (state) => states.push(state));
  await client.signOut();
  expect(client.me).toBeUndefined();
  expect(client.conversations).toEqual([] satisfies Message[]);
  expect(states.at(-1)).toEqual({ status: 'signed-out' });
  expect(await store.load()).toBeUndefined();
  expect(() => client.sendText('self.x', 'hello')).toThrow('nobody is signed in');
  await client.close();
});

test('[CON-10] a client that was told where to connect asks nobody', async () => {
  const asked: string[] = [];
  const api = await httpApi((method, path) => {
    asked.push(`${method} ${path}`);
    return { status: 404, body: '{}' };
  });
  const store = new MemoryStore();
  await store.begin(session);
  const opened = Promise.withResolvers<void>();
  const transport: Transport = () => {
    opened.resolve();
    return { send() {}, close() {} };
  };
  const client = createClient({ server: api.url, store, transport });
  await client.start();
  await opened.promise;
  expect(asked.filter((call) => call.includes('gateways'))).toEqual([]);
  await client.close();
  api.close();
});

test('[DEV-7, A4] a session that an app’s backend got signs its user in; anything else does not', async () => {
  const client = createClient({ server: 'http://127.0.0.1:1', store: new MemoryStore(), transport: silence });
  const { accessToken, accessTokenExpiresAtMs, refreshToken } = session;
  const minted = { ...me, accessToken, accessTokenExpiresAtMs, refreshToken };
  const broken = JSON.parse(JSON.stringify({ ...minted, refreshToken: undefined }));
  await expect(client.signInWith(broken)).rejects.toMatchObject({ code: 'invalid-input' });
  expect(client.me).toBeUndefined();
  expect(await client.signInWith(minted)).toEqual(me);
  expect(client.me).toEqual(me);
  await client.close();
});
