import { EntryKind, encodeContent } from '@hongyan/protocol';
import { beforeEach, describe, expect, test } from 'vitest';
import { changing, pushed, shown, texts } from './testing/changing.ts';
import { connected } from './testing/connected.ts';
import type { Device } from './testing/device.ts';
import { anna, ben, conversationId, ModelServer, replyFrame } from './testing/model-server.ts';

const windowId = 'place 1';

let server: ModelServer;
let device: Device;

/** 120 messages, of which the device holds the last 20. */
beforeEach(async () => {
  server = new ModelServer();
  server.pageSize = 20;
  for (let n = 1; n <= 120; n++) server.append(n % 2 ? ben : anna, `m${n}`);
  device = await connected(server);
});

const view = () => device.engine.timeline(conversationId, windowId);
const range = () => [
  shown(device, windowId)[0]?.seq,
  shown(device, windowId).at(-1)?.seq,
  shown(device, windowId).length,
];
/** Both the store and the server have answered. */
const settle = async () => {
  for (let round = 0; round < 12; round++) {
    await device.read();
    device.settle(server);
  }
};
const open = async (placeSeq: number) => {
  device.do({ type: 'timelineOpened', conversationId, windowId, placeSeq });
  await settle();
};
let lastRequestId = 0;
const load = async (direction: 'older' | 'newer', count = 20) => {
  lastRequestId += 1;
  const type = direction === 'older' ? 'olderRequested' : 'newerRequested';
  device.do({ type, conversationId, windowId, count, requestId: lastRequestId });
  await settle();
  expect(device.notices).toContainEqual({ type: 'olderLoaded', requestId: lastRequestId });
};

describe('[MSG-28, C9] a timeline opened at a place', () => {
  test('[MSG-28] shows what is around it, and loads in both directions', async () => {
    await open(50);
    expect([range(), view()?.hasOlder, view()?.hasNewer]).toEqual([[40, 59, 20], true, true]);
    await load('older');
    expect(range()).toEqual([20, 59, 40]);
    await load('newer');
    expect(range()).toEqual([20, 79, 60]);
    await load('older', 50);
    expect([range(), view()?.hasOlder]).toEqual([[1, 79, 79], false]);
  });

  test('[MSG-28] reaches the end, across what the device holds, and is live from then on', async () => {
    await open(90);
    while (view()?.hasNewer) await load('newer');
    expect([range()[1], view()?.hasNewer]).toEqual([120, false]);
    pushed(device, server.append(ben, 'new'));
    expect(texts(device, windowId).at(-1)).toBe('new');
    device.compose('own');
    expect(texts(device, windowId).at(-1)).toBe('own');
  });

  test('[MSG-28] before that what is said meanwhile is not shown out of its place, nor what is written here', async () => {
    await open(50);
    pushed(device, server.append(ben, 'new'));
    device.compose('own');
    expect(range()).toEqual([40, 59, 20]);
  });

  test('[MSG-28] in what is held it needs no connection', async () => {
    device.lose();
    await open(110);
    expect([range()[1], view()?.hasNewer]).toEqual([120, false]);
    expect(shown(device, windowId).map(({ seq }) => seq)).toContain(110);
  });

  test('[MSG-28] opened without a connection it is filled when there is one', async () => {
    device.lose();
    device.do({ type: 'timelineOpened', conversationId, windowId, placeSeq: 50 });
    expect([view()?.messages, view()?.hasNewer]).toEqual([[], true]);
    device.online(server);
    await settle();
    expect(range()).toEqual([40, 59, 20]);
  });

  test('[MSG-22, MSG-28] what changed the messages since comes with them, and live', async () => {
    changing(server).edit(ben, 51, 'edited');
    changing(server).react(ben, 52, '👍');
    pushed(device, ...server.log.slice(120));
    await open(50);
    expect(texts(device, windowId)[11]).toBe('edited');
    expect(shown(device, windowId)[12]?.reactions).toHaveLength(1);
    pushed(device, changing(server).edit(ben, 51, 'edited twice'), changing(server).recall(ben, 53));
    expect(texts(device, windowId).slice(11, 14)).toEqual(['edited twice', 'm52', 'erased']);
  });

  test('[MSG-22, MSG-28] what the store holds of later changes counts where they are not loaded', async () => {
    server.pageSize = 200;
    const all = await connected(server);
    pushed(all, changing(server).edit(ben, 11, 'edited'));
    for (let n = 0; n < 100; n++) pushed(all, server.append(ben, `later ${n}`));
    all.do({ type: 'timelineOpened', conversationId, windowId, placeSeq: 10 });
    for (let round = 0; round < 5; round++) {
      await all.read();
      all.settle(server);
    }
    expect(shown(all, windowId).find(({ seq }) => seq === 11)?.content).toEqual({ kind: 'text', text: 'edited' });
  });

  test('[MSG-28, C9] a request that the network cuts short fails, and closing ends it', async () => {
    await open(50);
    device.do({ type: 'newerRequested', conversationId, windowId, count: 20, requestId: 77 });
    device.lose();
    expect(device.notices).toContainEqual(
      expect.objectContaining({ type: 'olderFailed', requestId: 77, code: 'network' }),
    );
    device.do({ type: 'timelineClosed', conversationId, windowId });
    expect(view()).toBeUndefined();
  });
});

test('[MSG-26, MSG-28] pages that do not touch what is loaded are not asked for again and again', async () => {
  for (let n = 0; n < 30; n++) changing(server).react(ben, 1 + n, '👍');
  const fresh = await connected(server);
  fresh.do({ type: 'timelineOpened', conversationId });
  fresh.do({ type: 'timelineOpened', conversationId, windowId, placeSeq: 30 });
  fresh.do({ type: 'olderRequested', conversationId, count: 50, requestId: 1 });
  let fetches = 0;
  for (let round = 0; round < 50; round++) {
    await fresh.read();
    const asked = fresh.take().filter(({ body }) => body?.case === 'fetchEntries');
    fetches += asked.length;
    const value = { conversationId, entries: server.log.slice(0, 2), lastSeq: server.log.length, changes: [] };
    fresh.receive(...asked.map(({ id }) => replyFrame(id, { case: 'entryPage', value })));
  }
  expect(fetches).toBeLessThan(8);
  expect(fresh.notices).toContainEqual({ type: 'olderLoaded', requestId: 1 });
});

describe('[MSG-25, C3] a quote', () => {
  const reply = (seq: number) =>
    server.append(
      ben,
      `reply to ${seq}`,
      encodeContent({ kind: { case: 'text', value: { text: 're' } }, replyToSeq: seq }),
    );
  const quote = () => shown(device).at(-1)?.replyTo;

  test('[MSG-25] is the message as it is now, from the timeline itself', async () => {
    device.do({ type: 'timelineOpened', conversationId });
    await settle();
    pushed(device, reply(119));
    expect(quote()).toMatchObject({ seq: 119, message: { id: 'm119', content: { text: 'm119' } } });
    pushed(device, changing(server).edit(ben, 119, 'edited'));
    expect(quote()).toMatchObject({ message: { content: { text: 'edited' } } });
    pushed(device, changing(server).recall(ben, 119));
    expect(quote()).toEqual({ seq: 119, message: 'erased' });
  });

  test('[MSG-25] is fetched when it is not held, and erased with what it quotes', async () => {
    device.do({ type: 'timelineOpened', conversationId });
    await settle();
    pushed(device, reply(7));
    expect(quote()).toEqual({ seq: 7, message: 'unknown' });
    await settle();
    expect(quote()).toMatchObject({ seq: 7, message: { id: 'm7' } });
    pushed(device, server.change(ben, EntryKind.RECALL, 7));
    expect(shown(device).at(-1)?.replyTo).toEqual({ seq: 7, message: 'erased' });
  });

  test('[MSG-25] is read from the store without a connection, and unknown where it may not be read', async () => {
    server.pageSize = 200;
    const all = await connected(server);
    pushed(all, reply(3), reply(999));
    await all.restart();
    all.do({ type: 'timelineOpened', conversationId });
    for (let round = 0; round < 5; round++) await all.read();
    expect(
      shown(all)
        .slice(-2)
        .map(({ replyTo }) => replyTo),
    ).toMatchObject([
      { seq: 3, message: { id: 'm3' } },
      { seq: 999, message: 'unknown' },
    ]);
  });
});
