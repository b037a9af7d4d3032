import { conversationHash, type Entry, type Reply } from '@hongyan/protocol';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { connected } from './testing/connected.ts';
import { Device } from './testing/device.ts';
import { anna, ben, conversationId, ModelServer, pushFrame, replyFrame } from './testing/model-server.ts';

const pushEntry = (entry: Entry) => pushFrame({ case: 'entry', value: entry });
const ids = (entries: readonly { clientMessageId: string }[]) => entries.map(({ clientMessageId }) => clientMessageId);
const received = (device: Device) =>
  device.notices.flatMap((notice) => (notice.type === 'message' ? [notice.message.seq] : []));

test('[SYN-1] a new device takes the newest page as its log, and knows that older entries exist', async () => {
  const server = new ModelServer();
  for (let n = 1; n <= 10; n++) server.append(ben, `m${n}`);
  const device = await connected(server);
  expect(device.engine.connection()).toEqual({ status: 'online', quality: 'good' });
  expect(device.engine.position(conversationId)).toMatchObject({ fromSeq: 8, toSeq: 10, durableToSeq: 10 });
  expect(device.engine.conversations()[0]).toMatchObject({ id: conversationId, unreadCount: 10, peerId: ben });
});

test('[SYN-2] a device that comes back gets all that followed its position, oldest first', async () => {
  const server = new ModelServer();
  server.append(ben, 'm1');
  const device = await connected(server);
  device.lose();
  for (let n = 2; n <= 20; n++) server.append(ben, `m${n}`);
  device.online(server);
  expect(ids(await device.stored())).toEqual(ids(server.log));
  expect(received(device)).toEqual(server.log.map(({ seq }) => seq));
});

test('[SYN-2] what is pushed while a gap is fetched comes after it', async () => {
  const server = new ModelServer();
  server.append(ben, 'm1');
  const device = await connected(server);
  device.lose();
  for (let n = 2; n <= 9; n++) server.append(ben, `m${n}`);
  device.fire('reconnect');
  device.open();
  device.receive(...device.take().flatMap((command) => server.answer(command)));
  device.receive(pushEntry(server.append(ben, 'm10')));
  expect(device.engine.position(conversationId)).toMatchObject({ toSeq: 1 });
  device.settle(server);
  expect(received(device)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
});

test('[SYN-3] an entry it has is dropped, one further on is held until the gap is filled', async () => {
  const server = new ModelServer();
  const device = await connected(server);
  const entries = ['m1', 'm2', 'm3'].map((id) => server.append(ben, id));
  const [first, second, third] = entries as [Entry, Entry, Entry];
  device.receive(pushEntry(first), pushEntry(first), pushEntry(third));
  expect(received(device)).toEqual([1]);
  expect(device.take().filter(({ body }) => body?.case === 'fetchEntries')).toHaveLength(1);
  device.receive(pushEntry(second));
  expect(received(device)).toEqual([1, 2, 3]);
});

test.each(['fetchEntries', 'fetchConversation'] as const)(
  '[SYN-3] %s that brings nothing is asked again after growing pauses only',
  async (asks) => {
    const server = new ModelServer();
    if (asks === 'fetchEntries') server.append(ben, 'held');
    const device = await connected(server);
    server.append(ben, 'missed');
    device.receive(pushEntry(server.append(ben, 'pushed')));
    const fetches = () => device.take().filter(({ body }) => body?.case === asks);
    const nothing: NonNullable<Reply['body']> =
      asks === 'fetchEntries'
        ? { case: 'entryPage', value: { conversationId, entries: [], lastSeq: server.log.length, changes: [] } }
        : { case: 'conversationUpdate', value: { state: server.state(), entries: [] } };
    const pausesMs: number[] = [0];
    for (let round = 0; round < 3; round++) {
      const asked = fetches();
      expect(asked).toHaveLength(1);
      device.receive(...asked.map(({ id }) => replyFrame(id, nothing)));
      expect(fetches()).toEqual([]);
      pausesMs.push((device.timers.get('resend') ?? 0) - device.nowMs);
      device.fire('resend');
    }
    expect(pausesMs).toEqual([...new Set(pausesMs)].sort((a, b) => a - b));
    device.settle(server);
    expect(ids(await device.stored())).toEqual(ids(server.log));
    expect(device.timers.has('resend')).toBe(false);
  },
);

test('[SYN-3] a body that is kept does not share the receive buffer', async () => {
  const server = new ModelServer();
  const device = await connected(server);
  const entry = server.append(ben, 'm1');
  const pushed = { ...entry, body: Uint8Array.from(entry.body) };
  device.receive(pushEntry(pushed));
  pushed.body.fill(0);
  expect([...((await device.stored())[0]?.body ?? [])]).toEqual([...entry.body]);
});

test('[SYN-4] pushes lost, doubled and reordered give the same log as the server has', async () => {
  const push = fc.record({ at: fc.nat(39), loses: fc.boolean() });
  await fc.assert(
    fc.asyncProperty(fc.array(push, { maxLength: 80 }), fc.nat(39), async (pushes, cutAt) => {
      const server = new ModelServer();
      const device = await connected(server);
      for (let n = 1; n <= 40; n++) server.append(n % 3 === 0 ? anna : ben, `m${n}`);
      for (const [index, { at, loses }] of pushes.entries()) {
        if (index === cutAt) {
          device.lose();
          device.online(server);
        }
        const entry = server.log[at];
        if (entry && !loses) device.receive(pushEntry(entry));
        if (index % 4 === 0) device.settle(server);
      }
      device.lose();
      device.online(server);
      const held = await device.stored();
      expect(ids(held)).toEqual(ids(server.log.slice(-held.length)));
      expect(held.at(-1)?.seq).toBe(40);
      const told = received(device);
      expect(told).toEqual([...new Set(told)].sort((a, b) => (a ?? 0) - (b ?? 0)));
      expect(device.engine.conversations()[0]?.unreadCount).toBe(server.state().unreadCount);
    }),
    { numRuns: 60 },
  );
});

test('[SYN-5] user events apply in order; one further on makes it ask for those between', async () => {
  const server = new ModelServer();
  server.append(ben, 'm1');
  server.append(ben, 'm2');
  const device = await connected(server);
  const readMoved = (seq: number, readSeq: number) =>
    ({ seq, timeMs: 0, event: { case: 'readMoved', value: { conversationId, readSeq } } }) as const;
  device.receive(pushFrame({ case: 'userEvent', value: readMoved(2, 2) }));
  const [command] = device.take().filter(({ body }) => body?.case === 'fetchUserEvents');
  expect(command?.body?.value).toMatchObject({ afterSeq: 0 });
  const page = { events: [readMoved(1, 1), readMoved(2, 2)], lastSeq: 2 };
  device.receive({
    frame: { case: 'reply', value: { id: command?.id ?? 0, body: { case: 'userEventPage', value: page } } },
  });
  expect(device.engine.conversations()[0]?.unreadCount).toBe(0);
  expect((await device.store.load())?.userSeq).toBe(2);
});

test('[SYN-6] a position stated in Hello claims only what the store has', async () => {
  const server = new ModelServer();
  server.append(ben, 'm1');
  const device = await connected(server);
  device.storesAtOnce = false;
  device.receive(pushEntry(server.append(ben, 'm2')));
  expect(device.engine.position(conversationId)).toMatchObject({ toSeq: 2, durableToSeq: 1 });
  device.lose();
  device.fire('reconnect');
  device.open();
  expect(device.take()[0]?.body?.value).toMatchObject({
    holdings: { positions: [{ conversationHash: conversationHash(conversationId), seq: 1 }] },
  });
});

test('[SYN-6] a batch that could not be written is written again as it was', async () => {
  const server = new ModelServer();
  const device = await connected(server);
  device.storesAtOnce = false;
  device.receive(pushEntry(server.append(ben, 'm1')));
  const [first] = device.batches.splice(0);
  device.do({ type: 'persistFailed', batchId: first?.batchId ?? 0, reason: 'full' });
  device.receive(pushEntry(server.append(ben, 'm2')));
  expect(device.batches).toEqual([]);
  device.fire('persist');
  expect(device.batches).toMatchObject([{ batch: { entries: [{ seq: 1 }] } }]);
  device.finishStoring();
  expect(device.batches).toMatchObject([{ batch: { entries: [{ seq: 2 }] } }]);
});

test('[SYN-7] a server restored from an old backup is taken for the truth, once it was asked', async () => {
  const server = new ModelServer();
  for (let n = 1; n <= 5; n++) server.append(ben, `m${n}`);
  const device = await connected(server);
  device.lose();
  server.log = server.log.slice(0, 2);
  for (const userId of [anna, ben]) server.cursors.set(userId, { userId, deliveredSeq: 0, readSeq: 0 });
  server.append(ben, 'other');
  device.online(server);
  expect(ids(await device.stored())).toEqual(['m1', 'm2', 'other']);
  expect(device.engine.position(conversationId)).toMatchObject({ toSeq: 3 });
  device.receive(pushEntry(server.append(ben, 'next')));
  expect(ids(await device.stored())).toEqual(['m1', 'm2', 'other', 'next']);
});

test('[SYN-7] an old state that was merely late on the push path drops nothing', async () => {
  const server = new ModelServer();
  server.append(ben, 'm1');
  const late = pushFrame({ case: 'conversationUpdate', value: { state: server.state(), entries: [] } });
  server.append(ben, 'm2');
  const device = await connected(server);
  device.receive(late);
  device.settle(server);
  expect(ids(await device.stored())).toEqual(['m1', 'm2']);
});

test('[SYN-7] what the server had accepted and then lost is sent again', async () => {
  const server = new ModelServer();
  for (let n = 1; n <= 3; n++) server.append(ben, `m${n}`);
  const device = await connected(server);
  server.append(ben, 'm4');
  device.compose('mine');
  const [command] = device.take().filter(({ body }) => body?.case === 'sendMessage');
  if (command) device.receive(...server.answer(command));
  expect(device.engine.outbox()).toMatchObject([{ clientMessageId: 'mine', state: { name: 'sent' } }]);
  device.lose();
  server.log = server.log.slice(0, 1);
  device.online(server);
  expect(ids(await device.stored())).toEqual(['m1', 'mine']);
  expect(device.engine.outbox()).toEqual([]);
});

test('[SYN-20] what the server is known to have heard is kept, so that it is not stated again after a restart', async () => {
  const server = new ModelServer();
  server.append(anna, 'from another device');
  const device = new Device();
  await device.start();
  device.online(server);
  await device.restart();
  device.online(server);
  const snapshot = await device.store.load();
  const own = snapshot?.conversations[0]?.cursors.find(({ userId }) => userId === anna);
  expect(own?.deliveredSeq).toBe(1);
});
