import { ErrorCode } from '@hongyan/protocol';
import { expect, test } from 'vitest';
import { Changes } from './changes.ts';
import { connected } from './testing/connected.ts';
import type { Device } from './testing/device.ts';
import { anna, ben, conversationId, ModelServer, pushFrame } from './testing/model-server.ts';
import { Rendering } from './timeline.ts';

const view = (device: Device) => device.engine.timeline(conversationId) ?? { messages: [], hasOlder: false };
const seqs = (device: Device) => view(device).messages.map(({ seq }) => seq);

test('[C9] older messages come from the store, then from the server, until there are none', async () => {
  const server = new ModelServer();
  for (let n = 1; n <= 8; n++) server.append(ben, `m${n}`);
  const device = await connected(server);
  device.do({ type: 'timelineOpened', conversationId });
  await device.read();
  expect(seqs(device)).toEqual([6, 7, 8]);
  for (const requestId of [1, 2]) {
    expect(view(device).hasOlder).toBe(true);
    device.do({ type: 'olderRequested', conversationId, count: 50, requestId });
    device.settle(server);
    await device.read();
    expect(device.notices).toContainEqual({ type: 'olderLoaded', requestId });
  }
  expect(seqs(device)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  expect(view(device).hasOlder).toBe(false);
  await device.restart();
  device.do({ type: 'timelineOpened', conversationId });
  await device.read();
  expect(seqs(device)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
});

test('[C9] without a connection older messages that only the server has cannot be reached', async () => {
  const server = new ModelServer();
  for (let n = 1; n <= 8; n++) server.append(ben, `m${n}`);
  const device = await connected(server);
  device.lose();
  device.do({ type: 'timelineOpened', conversationId });
  await device.read();
  device.do({ type: 'olderRequested', conversationId, count: 50, requestId: 1 });
  expect(device.notices).toContainEqual(
    expect.objectContaining({ type: 'olderFailed', requestId: 1, code: 'network' }),
  );
});

test('[C9] a request under way when the connection is lost fails', async () => {
  const server = new ModelServer();
  for (let n = 1; n <= 8; n++) server.append(ben, `m${n}`);
  const device = await connected(server);
  device.do({ type: 'timelineOpened', conversationId });
  await device.read();
  device.do({ type: 'olderRequested', conversationId, count: 50, requestId: 1 });
  device.lose();
  expect(device.notices).toContainEqual(
    expect.objectContaining({ type: 'olderFailed', requestId: 1, code: 'network' }),
  );
});

test('[C7] a message goes from queued to read in its place, and what did not change keeps its identity', async () => {
  const server = new ModelServer();
  server.append(ben, 'b1');
  const device = await connected(server);
  device.do({ type: 'timelineOpened', conversationId });
  await device.read();
  const [first] = view(device).messages;
  device.compose('m1');
  const states = () => view(device).messages.map(({ state }) => state.name);
  expect(states()).toEqual(['received', 'sending']);
  device.settle(server);
  expect(states()).toEqual(['received', 'sent']);
  const value = { conversationId, userId: ben, deliveredSeq: 2, readSeq: 2 };
  device.receive(pushFrame({ case: 'receipt', value }));
  expect(states()).toEqual(['received', 'read']);
  expect(view(device).messages[0]).toBe(first);
  expect(view(device).messages).toBe(view(device).messages);
});

test('[SYN-3] entries that are not stored yet are in a timeline that opens', async () => {
  const server = new ModelServer();
  const device = await connected(server);
  device.storesAtOnce = false;
  for (const id of ['m1', 'm2']) device.receive(pushFrame({ case: 'entry', value: server.append(ben, id) }));
  device.do({ type: 'timelineOpened', conversationId });
  expect(seqs(device)).toEqual([1, 2]);
});

test('[OUT-3] a message written on another device shows once', async () => {
  const server = new ModelServer();
  const device = await connected(server);
  device.do({ type: 'timelineOpened', conversationId });
  device.compose('m1');
  device.take();
  const entry = server.append(anna, 'm1');
  device.receive(pushFrame({ case: 'entry', value: entry }), pushFrame({ case: 'entry', value: entry }));
  expect(view(device).messages).toMatchObject([{ id: 'm1', seq: 1, mine: true, state: { name: 'sent' } }]);
});

test('[D4] a message that its sender’s device could only send late is shown where it was written', async () => {
  const server = new ModelServer();
  server.append(ben, 'first');
  server.append(anna, 'second');
  server.append(ben, 'third');
  const late = server.append(ben, 'written between the others');
  late.clientTimeMs = 2;
  const device = await connected(server);
  device.do({ type: 'timelineOpened', conversationId });
  device.online(server);
  await device.read();
  device.do({ type: 'olderRequested', conversationId, count: 50, requestId: 1 });
  device.settle(server);
  expect(seqs(device)).toEqual([1, 2, 4, 3]);
});

test('[ORD-1, C9] where a message is shown does not depend on how far the person scrolled back', async () => {
  const server = new ModelServer();
  for (let n = 1; n <= 150; n++) server.append(n % 2 ? ben : anna, `m${n}`);
  const late = server.append(ben, 'late');
  late.clientTimeMs = 60;
  server.pageSize = 200;
  const device = await connected(server);
  await device.restart();
  device.do({ type: 'timelineOpened', conversationId });
  await device.read();
  const first = seqs(device);
  expect(first).toEqual(Array.from({ length: 49 }, (_, index) => 102 + index));
  device.do({ type: 'olderRequested', conversationId, count: 50, requestId: 1 });
  await device.read();
  expect(device.notices).toContainEqual({ type: 'olderLoaded', requestId: 1 });
  expect(seqs(device)).toEqual(
    [...Array.from({ length: 50 }, (_, index) => 52 + index), ...first].toSpliced(9, 0, 151),
  );
  expect(view(device).hasOlder).toBe(true);
});

test('[C7] a message that failed stays where it was written', async () => {
  const server = new ModelServer();
  server.append(ben, 'before');
  const device = await connected(server);
  device.do({ type: 'timelineOpened', conversationId });
  await device.read();
  device.compose('refused');
  device.receive(...device.take().flatMap((command) => server.refuse(command, ErrorCode.FORBIDDEN)));
  const after = server.append(ben, 'after');
  after.serverTimeMs = device.nowMs + 1_000;
  device.receive(pushFrame({ case: 'entry', value: after }));
  expect(view(device).messages.map(({ id }) => id)).toEqual(['before', 'refused', 'after']);
  const listed = () =>
    device.engine.conversations().map(({ lastMessage, failedCount }) => [lastMessage?.id, failedCount]);
  expect(listed()).toEqual([['after', 1]]);
  device.do({ type: 'messageDiscarded', clientMessageId: 'refused' });
  expect(listed()).toEqual([['after', 0]]);
});

test('[ORD-1, OUT-6] a message that was tried again shows the time of its entry, as on every other device', async () => {
  const entry = { ...new ModelServer().append(anna, 'a'), clientTimeMs: 1_000 };
  const { conversationId, clientMessageId, clientTimeMs, serverTimeMs, body, seq } = entry;
  const record = { conversationId, clientMessageId, body, position: 1, failure: undefined, retried: true as const };
  const accepted = {
    record: { ...record, clientTimeMs: 9_000 },
    progress: { name: 'accepted', seq, serverTimeMs },
  } as const;
  const rendering = new Rendering();
  const parts = {
    me: anna,
    others: undefined,
    changes: new Changes(),
    quoted: () => undefined,
    dueMs: () => undefined,
  };
  rendering.messages({ ...parts, shown: [], outbox: [accepted] });
  const [shown] = rendering.messages({ ...parts, shown: [entry], outbox: [] });
  expect(shown?.clientTimeMs).toBe(clientTimeMs);
});
