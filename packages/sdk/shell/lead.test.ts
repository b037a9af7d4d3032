import 'fake-indexeddb/auto';
import { CloseCode } from '@hongyan/protocol';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createClient } from '../client.ts';
import { conversationId } from '../engine/testing/model-server.ts';
import type { EngineEvent } from '../engine/types.ts';
import { IndexedDbStore } from '../stores/indexeddb.ts';
import { MemoryStore } from '../stores/memory.ts';
import type { ClientStore } from '../stores/store.ts';
import type { Transport } from '../transports/transport.ts';
import type { Client } from '../types.ts';
import { Tabs } from './tabs.ts';
import { FakeNeighbours } from './testing/fake-neighbours.ts';
import { ModelNetwork } from './testing/model-network.ts';
import { sessionOf } from './testing/sessions.ts';

const session = sessionOf('anna');

describe('clients', () => {
  const open: Client[] = [];
  afterEach(async () => {
    await Promise.all(open.splice(0).map((client) => client.close()));
  });

  async function tab(store: ClientStore, neighbours: FakeNeighbours, transport: Transport): Promise<Client> {
    if (!(await store.session())) await store.begin(session);
    const client = createClient({ server: 'http://127.0.0.1:1', store, transport, neighbours });
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

  const tooOld: Transport = ({ onClose }) => {
    queueMicrotask(() => onClose(CloseCode.UNSUPPORTED_VERSION, 'too old'));
    return { send() {}, close() {} };
  };

  test('[OUT-7] one that the server will not have back gives up the lead, and what it writes is sent by another', async () => {
    const [store, neighbours, network] = [new MemoryStore('stopped'), new FakeNeighbours(), new ModelNetwork()];
    const old = await tab(store, neighbours, tooOld);
    await until(old, 'stopped');
    const fresh = await tab(store, neighbours, network.transport);
    await fresh.sendText(conversationId, 'hello').until('sent');
    await old.sendText(conversationId, 'from the old one').until('sent');
    expect(network.server.log).toHaveLength(2);
  });

  test('[OUT-7] one that cannot read the store gives up the lead to one that can', async () => {
    const [neighbours, network] = [new FakeNeighbours(), new ModelNetwork()];
    const broken = new IndexedDbStore('unreadable');
    const first = await tab(broken, neighbours, network.transport);
    await first.sendText(conversationId, 'it leads').until('sent');
    broken.outbox = () => Promise.reject(new Error('a newer version holds the database'));
    const second = await tab(new IndexedDbStore('unreadable'), neighbours, network.transport);
    await second.sendText(conversationId, 'hello').until('sent');
    await first.sendText(conversationId, 'written where nothing can be read').until('sent');
  });
});

describe('tabs', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  /** A tab of its own, whose store may be unreadable. */
  function tabOf(neighbours: FakeNeighbours, mayRead: boolean) {
    const store = new MemoryStore('name');
    if (!mayRead) store.outbox = () => Promise.reject(new Error('unreadable'));
    const events: EngineEvent[] = [];
    const tabs = new Tabs({
      ...{ store, neighbours, isOffline: () => false, signedOut: () => {}, failed: () => {} },
      dispatch: (event) => events.push(event),
    });
    const leads = () => events.filter((event) => event.type === 'outboxLeadership').at(-1)?.leads;
    return { tabs, leads };
  }

  test('[OUT-7] one that cannot read and is alone leads all the same, with what it knows, until another comes', async () => {
    const neighbours = new FakeNeighbours();
    const blind = tabOf(neighbours, false);
    blind.tabs.begin('d');
    await vi.advanceTimersByTimeAsync(0);
    expect(blind.leads()).toBe(false);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(blind.leads()).toBe(true);
    const other = tabOf(neighbours, true);
    other.tabs.begin('d');
    await vi.advanceTimersByTimeAsync(60_000);
    expect([blind.leads(), other.leads()]).toEqual([false, true]);
    other.tabs.end();
    await vi.advanceTimersByTimeAsync(0);
    expect([blind.leads(), other.leads()]).toEqual([true, false]);
    blind.tabs.end();
    expect(vi.getTimerCount()).toBe(0);
  });

  test('[OUT-7] one that retires does not stand again, and its end leaves no timer', async () => {
    const neighbours = new FakeNeighbours();
    const [first, second, blind] = [tabOf(neighbours, true), tabOf(neighbours, true), tabOf(neighbours, false)];
    first.tabs.begin('d');
    await vi.advanceTimersByTimeAsync(0);
    expect(first.leads()).toBe(true);
    first.tabs.retire();
    expect(first.leads()).toBe(false);
    second.tabs.begin('d');
    await vi.advanceTimersByTimeAsync(60_000);
    expect([first.leads(), second.leads()]).toEqual([false, true]);
    second.tabs.end();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(first.leads()).toBe(false);
    blind.tabs.begin('d');
    await vi.advanceTimersByTimeAsync(0);
    expect(vi.getTimerCount()).toBe(1);
    blind.tabs.end();
    expect(vi.getTimerCount()).toBe(0);
  });
});
