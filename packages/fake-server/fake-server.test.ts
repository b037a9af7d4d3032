import { readFile } from 'node:fs/promises';
import { type Client, createClient, MemoryStore, type Timeline } from '@hongyan/sdk';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createFakeServer, type FakePerson, type FakeServer } from './index.ts';

let server: FakeServer;
let anna: FakePerson;
let ben: FakePerson;
const clients: Client[] = [];

beforeEach(async () => {
  server = createFakeServer();
  anna = await server.person({ displayName: 'Anna' });
  ben = await server.person({ displayName: 'Ben', handle: 'ben' });
});
afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.close()));
  await server.stop();
});

async function clientOf(person: FakePerson, store?: MemoryStore): Promise<Client> {
  const client = await person.client(store);
  clients.push(client);
  return client;
}

const texts = ({ messages }: Timeline) =>
  messages.map(({ content }) => (content.kind === 'text' ? content.text : content.kind));
const online = (client: Client) => vi.waitFor(() => expect(client.connection.status).toBe('online'));

test('[O2] two clients talk, and each sees what the other did with it', async () => {
  const [hers, his] = [await clientOf(anna), await clientOf(ben)];
  const conversation = anna.conversationWith(ben);
  await hers.sendText(conversation, 'Hello Ben').until('delivered');
  const timeline = his.openTimeline(conversation);
  await vi.waitFor(() => expect(texts(timeline)).toEqual(['Hello Ben']));
  timeline.markRead();
  await vi.waitFor(() => expect(hers.conversations[0]?.lastMessage).toMatchObject({ state: { name: 'read' } }));
});

test('[O2] what is done in the name of somebody is seen: said, read, recalled', async () => {
  const client = await clientOf(anna);
  const conversation = ben.conversationWith(anna);
  const seq = await ben.sendText(conversation, 'a slip');
  const timeline = client.openTimeline(conversation);
  await vi.waitFor(() => expect(texts(timeline)).toEqual(['a slip']));
  await ben.recall(conversation, seq);
  await vi.waitFor(() => expect(texts(timeline)).toEqual(['erased']));
  const handle = client.sendText(conversation, 'never mind');
  await handle.until('sent');
  await ben.read(conversation, seq + 2);
  await handle.until('read');
});

test('[O2] groups keep out who is not in them', async () => {
  const carla = await server.person({ displayName: 'Carla' });
  const group = await server.group(anna, { name: 'Hikers', members: [ben] });
  const client = await clientOf(ben);
  await anna.sendText(group, 'Sunday?');
  await vi.waitFor(() => expect(client.conversations[0]).toMatchObject({ name: 'Hikers', unreadCount: 1 }));
  await expect(carla.sendText(group, 'Me too')).rejects.toThrow();
});

test('[O2] an app signs up and in by itself, and is refused as by a real server', async () => {
  const options = server.network.options;
  const client = createClient({ ...options, store: new MemoryStore() });
  clients.push(client);
  const account = { handle: 'ben', password: 'long enough', displayName: 'Another Ben' };
  await expect(client.register(account)).rejects.toMatchObject({ code: 'handle-taken' });
  await expect(client.signIn({ ...account, password: 'not this' })).rejects.toMatchObject({
    code: 'invalid-credentials',
  });
  await expect(client.signIn({ ...account, password: 'short' })).rejects.toMatchObject({ code: 'invalid-input' });
  await client.register({ ...account, handle: 'ben-2' });
  await online(client);
  expect(await client.findPeople('Ann')).toMatchObject([{ userId: anna.userId }]);
  expect(await client.devices()).toMatchObject([{ current: true }]);
});

test('[O2] without a network messages wait, and a device that starts again has them still', async () => {
  const store = new MemoryStore();
  const client = await clientOf(anna, store);
  await online(client);
  const conversation = anna.conversationWith(ben);
  anna.network.drop();
  expect(client.sendText(conversation, 'written in a tunnel').state.name).toBe('queued');
  await expect(client.findPeople('Ben')).rejects.toMatchObject({ code: 'network' });
  await client.close();
  anna.network.restore();
  const again = await clientOf(anna, store);
  await vi.waitFor(() => expect(again.conversations[0]?.lastMessage).toMatchObject({ state: { name: 'sent' } }));
});

test('[O2] a server that was stopped comes back with all it held', async () => {
  const client = await clientOf(anna);
  await online(client);
  const conversation = anna.conversationWith(ben);
  await client.sendText(conversation, 'before').until('sent');
  await server.stop();
  expect(client.connection.status).not.toBe('online');
  server.start();
  client.reconnectNow();
  await client.sendText(conversation, 'after').until('sent');
  const his = await clientOf(ben);
  const timeline = his.openTimeline(conversation);
  await vi.waitFor(() => expect(texts(timeline)).toEqual(['before', 'after']));
});

test('[O2] a device that is signed out elsewhere hears of it', async () => {
  const [phone, tablet] = [await clientOf(anna), await clientOf(anna)];
  await online(phone);
  const ended = vi.fn();
  phone.on('sessionEnded', ended);
  const [first] = await tablet.devices();
  await tablet.revokeDevice(first?.deviceId ?? '');
  await vi.waitFor(() => expect(ended).toHaveBeenCalledWith(expect.objectContaining({ reason: 'revoked' })));
});

describe('by the clock of the test', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test('[O2] a slow network is slow, and a lost one is found again by itself', async () => {
    const client = await clientOf(anna);
    await vi.waitFor(() => expect(client.connection.status).toBe('online'));
    anna.network.latencyMs = 400;
    const handle = client.sendText(anna.conversationWith(ben), 'slowly');
    await vi.advanceTimersByTimeAsync(700);
    expect(handle.state.name).toBe('sending');
    await vi.advanceTimersByTimeAsync(400);
    expect(handle.state.name).toBe('sent');
    anna.network.drop();
    expect(client.connection.status).not.toBe('online');
    anna.network.restore();
    await vi.advanceTimersByTimeAsync(120_000);
    expect(client.connection.status).toBe('online');
  });

  test('[O2] a message with a lifetime is gone when that has passed', async () => {
    const client = await clientOf(anna);
    const conversation = anna.conversationWith(ben);
    await client
      .send(conversation, { kind: 'text', text: 'soon gone' }, { lifetime: { ms: 60_000, from: 'sent' } })
      .until('sent');
    const timeline = client.openTimeline(conversation);
    await vi.waitFor(() => expect(texts(timeline)).toEqual(['soon gone']));
    await vi.advanceTimersByTimeAsync(62_000);
    expect(texts(timeline)).toEqual(['erased']);
  });
});

test('[O2] the example in the README is the one that is run', async () => {
  const read = (name: string) => readFile(new URL(name, import.meta.url), 'utf8');
  expect(await read('README.md')).toContain(await read('example.test.ts'));
});
