import { expect, test } from 'vitest';
import { Device } from './testing/device.ts';
import { anna, ben, conversationId, ModelServer, pushFrame } from './testing/model-server.ts';

const received = (device: Device) =>
  device.notices.flatMap((notice) => (notice.type === 'message' ? [notice.message.seq ?? 0] : []));
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);
const fetches = (device: Device) =>
  device.commands.flatMap(({ body }) => (body?.case === 'fetchEntries' ? [body.value] : []));
const lastShown = (device: Device) => device.engine.conversations()[0]?.lastMessage?.id;

/** A device that holds m1 and comes back when `missed` more entries are in the log; Hello is answered, nothing else. */
async function backAfter(missed: number): Promise<{ device: Device; server: ModelServer }> {
  const server = new ModelServer();
  server.pageSize = 100;
  server.append(ben, 'm1');
  const device = new Device();
  await device.start();
  device.online(server);
  device.lose();
  for (let n = 2; n <= missed + 1; n++) server.append(n % 5 === 0 ? anna : ben, `m${n}`);
  reconnect(device, server);
  return { device, server };
}

function reconnect(device: Device, server: ModelServer): void {
  if (device.timers.has('reconnect')) device.fire('reconnect');
  device.open();
  const [hello] = device.take();
  if (hello) device.receive(...server.answer(hello));
}

test('[SYN-21] the newest page is held back and the gap before it fetched, oldest first, no entry twice', async () => {
  const { device, server } = await backAfter(350);
  expect(lastShown(device)).toBe('m351');
  expect(device.engine.conversations()[0]?.unreadCount).toBe(server.state().unreadCount);
  expect(device.engine.position(conversationId)).toMatchObject({ fromSeq: 1, toSeq: 1 });
  const asked: number[][] = [];
  for (let rounds = 0; fetches(device).length > 0 && rounds < 10; rounds++) {
    asked.push(...fetches(device).map(({ afterSeq, limit }) => [afterSeq, limit]));
    device.receive(...device.take().flatMap((command) => server.answer(command)));
  }
  expect(asked).toEqual([
    [1, 100],
    [101, 100],
    [201, 50],
  ]);
  expect(received(device)).toEqual(range(1, 351));
  expect((await device.stored()).map(({ seq }) => seq)).toEqual(range(1, 351));
  expect(device.engine.conversations()[0]?.unreadCount).toBe(server.state().unreadCount);
});

test('[SYN-21] a page that begins 1,000 entries further on is held, one beyond that takes the place of the log', async () => {
  const { device } = await backAfter(1_100);
  expect(device.engine.position(conversationId)).toMatchObject({ fromSeq: 1, toSeq: 1 });
  const { device: further } = await backAfter(1_101);
  expect(further.engine.position(conversationId)).toMatchObject({ fromSeq: 1_003, toSeq: 1_102 });
});

test('[SYN-21] after a long gap the page is the log: what lies before is counted, not announced, and there on demand', async () => {
  const { device, server } = await backAfter(3_000);
  device.settle(server);
  expect(received(device)).toEqual([1, ...range(2_902, 3_001).filter((seq) => seq % 5 !== 0)]);
  expect(device.engine.conversations()[0]?.unreadCount).toBe(server.state().unreadCount);
  expect((await device.stored()).map(({ seq }) => seq)).toEqual(range(2_902, 3_001));
  device.do({ type: 'timelineOpened', conversationId });
  await device.read();
  device.do({ type: 'olderRequested', conversationId, count: 100, requestId: 1 });
  await device.read();
  device.do({ type: 'olderRequested', conversationId, count: 100, requestId: 2 });
  device.settle(server);
  const shown = device.engine.timeline(conversationId);
  expect(shown?.messages.map(({ seq }) => seq)).toEqual(range(2_802, 3_001));
  expect(shown?.hasOlder).toBe(true);
  expect(device.engine.position(conversationId)).toMatchObject({ fromSeq: 2_802, toSeq: 3_001 });
});

test('[SYN-21] an open timeline goes on with the page, without a hole in it', async () => {
  const server = new ModelServer();
  server.pageSize = 100;
  server.append(ben, 'm1');
  const device = new Device();
  await device.start();
  device.online(server);
  device.do({ type: 'timelineOpened', conversationId });
  await device.read();
  device.lose();
  for (let n = 2; n <= 2_000; n++) server.append(ben, `m${n}`);
  device.online(server);
  await device.read();
  expect(device.engine.timeline(conversationId)?.messages.map(({ seq }) => seq)).toEqual(range(1_901, 2_000));
});

test('[SYN-21] an entry pushed from far ahead asks for the newest page', async () => {
  const server = new ModelServer();
  server.pageSize = 100;
  server.append(ben, 'm1');
  const device = new Device();
  await device.start();
  device.online(server);
  for (let n = 2; n <= 1_500; n++) server.append(ben, `m${n}`);
  device.receive(pushFrame({ case: 'entry', value: server.append(ben, 'm1501') }));
  expect(device.commands).toMatchObject([{ body: { case: 'fetchConversation' } }]);
  device.settle(server);
  expect(device.engine.position(conversationId)).toMatchObject({ fromSeq: 1_402, toSeq: 1_501, durableToSeq: 1_501 });
});

test.each([
  ['a crash', 1],
  ['a crash', 2],
  ['a lost connection', 1],
  ['a lost connection', 2],
])('[SYN-21, SYN-6] %s after %i pages of a gap costs nothing but asking again', async (what, pages) => {
  const { device, server } = await backAfter(350);
  for (let page = 0; page < pages; page++) {
    device.receive(...device.take().flatMap((command) => server.answer(command)));
  }
  expect(device.engine.position(conversationId)).toMatchObject({ toSeq: 1 + 100 * pages });
  if (what === 'a crash') await device.restart();
  else device.lose();
  for (let n = 352; n <= 360; n++) server.append(ben, `m${n}`);
  reconnect(device, server);
  expect(device.engine.position(conversationId)).toMatchObject({ toSeq: 1 + 100 * pages });
  device.settle(server);
  expect((await device.stored()).map(({ seq }) => seq)).toEqual(range(1, 360));
  expect(received(device)).toEqual(range(1, 360));
});

test('[SYN-21] what one wrote before a long gap counts as sent, though its entry is not fetched', async () => {
  const { device, server } = await backAfter(0);
  device.compose('mine');
  const [command] = device.take();
  if (command) server.answer(command);
  device.lose();
  for (let n = 3; n <= 2_000; n++) server.append(ben, `m${n}`);
  device.online(server);
  expect(device.engine.outbox()).toEqual([]);
  expect(device.notices).toContainEqual({ type: 'sent', conversationId, clientMessageId: 'mine', seq: 2 });
  expect(server.log.filter(({ clientMessageId }) => clientMessageId === 'mine')).toHaveLength(1);
});
