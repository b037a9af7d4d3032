import 'fake-indexeddb/auto';
import { afterEach, describe, expect, test } from 'vitest';
import { createClient } from '../client.ts';
import { anna, conversationId } from '../engine/testing/model-server.ts';
import { IndexedDbStore } from '../stores/indexeddb.ts';
import { MemoryStore } from '../stores/memory.ts';
import type { ClientStore } from '../stores/store.ts';
import type { Client, Message } from '../types.ts';
import { type Neighbours, platformNeighbours } from './neighbours.ts';
import { FakeNeighbours } from './testing/fake-neighbours.ts';
import { ModelNetwork } from './testing/model-network.ts';

const session = {
  me: { userId: anna, deviceId: 'd0000000000000000', handle: 'anna', displayName: 'Anna', statusLine: '' },
  accessToken: 'access',
  accessTokenExpiresAtMs: Date.now() + 900_000,
  refreshToken: 'refresh',
};

let databases = 0;
const worlds = [
  { world: 'in memory', stores: () => memoryTabs(), neighbours: () => new FakeNeighbours() },
  { world: 'in IndexedDB, as a browser', stores: () => databaseTabs(), neighbours: () => platformNeighbours },
];

function memoryTabs(): () => ClientStore {
  databases += 1;
  const store = new MemoryStore(`memory ${databases}`);
  return () => store;
}

function databaseTabs(): () => ClientStore {
  databases += 1;
  const name = `tabs ${databases}`;
  return () => new IndexedDbStore(name);
}

const open: Client[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((client) => client.close()));
});

async function tab(network: ModelNetwork, store: ClientStore, neighbours: Neighbours): Promise<Client> {
  if (!(await store.session())) await store.begin(session);
  const client = createClient({ server: 'http://127.0.0.1:1', store, transport: network.transport, neighbours });
  open.push(client);
  await client.start();
  return client;
}

/** Resolves once the open timeline shows what is wanted. */
function shows(client: Client, holds: (messages: readonly Message[]) => boolean): Promise<void> {
  const timeline = client.openTimeline(conversationId);
  return new Promise((resolve) => {
    const check = () => {
      if (!holds(timeline.messages)) return;
      timeline.close();
      resolve();
    };
    timeline.onChange(check);
    check();
  });
}

const has =
  (id: string, ...states: string[]) =>
  (messages: readonly Message[]) =>
    messages.some((message) => message.id === id && states.includes(message.state.name));

describe.each(worlds)('tabs $world', ({ stores, neighbours }) => {
  test('[OUT-7] what is written in either tab is sent once, and both show it as sent', async () => {
    const network = new ModelNetwork();
    const [store, tabs] = [stores(), neighbours()];
    const first = await tab(network, store(), tabs);
    const second = await tab(network, store(), tabs);
    const ids: string[] = [];
    for (let number = 1; number <= 5; number++) {
      ids.push(first.sendText(conversationId, `first ${number}`).id);
      ids.push(second.sendText(conversationId, `second ${number}`).id);
    }
    const sent = (messages: readonly Message[]) => ids.every((id) => has(id, 'sent')(messages));
    await Promise.all([shows(first, sent), shows(second, sent)]);
    expect([...network.sent.values()]).toEqual(ids.map(() => 1));
    expect(network.server.log.map(({ clientMessageId }) => clientMessageId).sort()).toEqual(ids.sort());
  });

  test('[OUT-7] the one that leads goes with a message under way: the next one sends it under its id', async () => {
    const network = new ModelNetwork();
    const [store, tabs] = [stores(), neighbours()];
    const first = await tab(network, store(), tabs);
    network.takesSends = false;
    const { id } = first.sendText(conversationId, 'in doubt');
    await shows(first, has(id, 'sending'));
    const second = await tab(network, store(), tabs);
    const own = second.sendText(conversationId, 'behind it');
    await shows(first, has(own.id, 'queued'));
    network.takesSends = true;
    await first.close();
    await own.until('sent');
    await shows(second, has(id, 'sent'));
    expect(network.server.log.map(({ clientMessageId }) => clientMessageId)).toEqual([id, own.id]);
  });

  test('[OUT-7] what one tab discards is gone in the other', async () => {
    const network = new ModelNetwork();
    network.takesSends = false;
    const [store, tabs] = [stores(), neighbours()];
    const first = await tab(network, store(), tabs);
    const second = await tab(network, store(), tabs);
    await shows(first, has(first.sendText(conversationId, 'under way').id, 'sending'));
    const { id } = first.sendText(conversationId, 'behind it');
    await shows(second, has(id, 'queued'));
    second.discard(id);
    await shows(first, (messages) => messages.every((message) => message.id !== id));
  });
});

test('[OUT-7] a store that nobody else can open has one client, and that one leads', async () => {
  const network = new ModelNetwork();
  const client = await tab(network, new MemoryStore(), new FakeNeighbours());
  await client.sendText(conversationId, 'alone').until('sent');
  expect(network.server.log).toHaveLength(1);
});
