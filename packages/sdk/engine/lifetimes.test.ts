import { type Entry, EntryKind } from '@hongyan/protocol';
import { beforeEach, expect, test } from 'vitest';
import { changing, pushed, shown, texts } from './testing/changing.ts';
import { connected } from './testing/connected.ts';
import type { Device } from './testing/device.ts';
import { anna, ben, conversationId, ModelServer, pushFrame } from './testing/model-server.ts';
import { TIMED_MAX } from './timed-messages.ts';

const MINUTE_MS = 60_000;

let server: ModelServer;
let device: Device;

beforeEach(async () => {
  server = new ModelServer();
  server.pageSize = 50;
  device = await connected(server);
  device.do({ type: 'timelineOpened', conversationId });
});

/** A message of now that is erased a minute after it was sent, or read. */
function timed(by: string, id: string, livesFromRead = false): Entry {
  const entry = changing(server).message(by, id, { lifetimeMs: MINUTE_MS, livesFromRead });
  entry.serverTimeMs = device.nowMs;
  return entry;
}
const receipt = (userId: string, readSeq: number) =>
  device.receive(pushFrame({ case: 'receipt', value: { conversationId, userId, deliveredSeq: readSeq, readSeq } }));
const unread = () => device.engine.conversations()[0]?.unreadCount;
const bodies = async () => (await device.stored()).map(({ body }) => body.length > 0);

test('[MSG-23, C5] a message is erased when its time is over, everywhere, and counts no more', async () => {
  pushed(device, timed(ben, 'secret'), server.append(ben, 'plain'));
  const edit = changing(server).edit(ben, 1, 'secret, edited');
  pushed(device, edit);
  expect(shown(device)[0]?.expiresAtMs).toBe(device.nowMs + MINUTE_MS);
  expect([texts(device), unread(), device.timers.get('expiry')]).toEqual([
    ['secret, edited', 'plain'],
    2,
    device.nowMs + MINUTE_MS,
  ]);
  device.fire('expiry');
  expect([texts(device), unread()]).toEqual([['erased', 'plain'], 1]);
  expect(shown(device)[0]?.content).toEqual({ kind: 'erased', recalledBy: undefined });
  expect(await bodies()).toEqual([false, true, false]);
});

test('[MSG-23] an edit is erased in time where its message is not held', async () => {
  server.append(ben, 'before');
  timed(ben, 'secret');
  server.append(ben, 'between');
  server.pageSize = 1;
  const left = { lifetimeMs: MINUTE_MS, livesFromRead: false };
  const edit = changing(server).edit(ben, 2, 'secret, edited', left);
  edit.serverTimeMs = device.nowMs;
  device = await connected(server);
  expect(device.engine.position(conversationId)).toMatchObject({ fromSeq: 3, toSeq: 4 });
  expect(await bodies()).toEqual([true, true]);
  await device.restart();
  device.fire('expiry');
  expect([device.nowMs, await bodies()]).toEqual([edit.serverTimeMs + MINUTE_MS, [true, false]]);
});

test('[MSG-23] read and burnt: an edit counts from when its message was read', async () => {
  pushed(device, timed(ben, 'secret', true));
  device.do({ type: 'conversationRead', conversationId });
  const dueMs = device.nowMs + MINUTE_MS;
  device.nowMs += 1_000;
  pushed(device, changing(server).edit(ben, 1, 'edited', { lifetimeMs: MINUTE_MS, livesFromRead: true }));
  expect(device.timers.get('expiry')).toBe(dueMs);
  device.fire('expiry');
  expect([texts(device), await bodies(), device.timers.has('expiry')]).toEqual([['erased'], [false, false], false]);
});

test('[MSG-23] one timer waits for the next one that is over', () => {
  pushed(device, timed(ben, 'a'));
  device.nowMs += 1_000;
  pushed(device, timed(ben, 'b'));
  device.fire('expiry');
  expect(texts(device)).toEqual(['erased', 'b']);
  device.fire('expiry');
  expect(texts(device)).toEqual(['erased', 'erased']);
  expect(device.timers.has('expiry')).toBe(false);
});

test('[MSG-23] a device that was off erases before anything is shown', async () => {
  pushed(device, timed(ben, 'secret'));
  expect(device.engine.conversations()[0]?.lastMessage?.erased).toBe(false);
  device.nowMs += MINUTE_MS;
  await device.restart();
  expect(device.engine.conversations()[0]).toMatchObject({ unreadCount: 0, lastMessage: { erased: true } });
  expect(await bodies()).toEqual([false]);
});

test('[MSG-23] what comes when its time is over is neither announced nor kept', async () => {
  const late = timed(ben, 'secret');
  device.nowMs += MINUTE_MS;
  pushed(device, late);
  expect([texts(device), unread(), await bodies()]).toEqual([['erased'], 0, [false]]);
  expect(device.notices.some(({ type }) => type === 'message')).toBe(false);
});

test('[MSG-23, C5] read and burnt: another’s message counts from when this account has read it', () => {
  pushed(device, timed(ben, 'secret', true));
  expect([shown(device)[0]?.expiresAtMs, device.timers.has('expiry')]).toEqual([undefined, false]);
  device.nowMs += 10 * MINUTE_MS;
  device.do({ type: 'conversationRead', conversationId });
  expect(shown(device)[0]?.expiresAtMs).toBe(device.nowMs + MINUTE_MS);
  device.fire('expiry');
  expect(texts(device)).toEqual(['erased']);
});

test('[MSG-23, C5] read and burnt: one’s own counts from when the device knows that the other one has read it', async () => {
  pushed(device, timed(anna, 'secret', true));
  receipt(anna, 1);
  expect(device.timers.has('expiry')).toBe(false);
  device.nowMs += 10 * MINUTE_MS;
  receipt(ben, 1);
  const dueMs = device.nowMs + MINUTE_MS;
  await device.restart();
  expect(device.engine.conversations()[0]?.lastMessage?.expiresAtMs).toBe(dueMs);
  device.fire('expiry');
  expect(device.nowMs).toBe(dueMs);
  expect(device.engine.conversations()[0]?.lastMessage?.erased).toBe(true);
});

test('[MSG-23] time goes by the server’s clock as the device knows it', () => {
  const fast = timed(ben, 'a');
  fast.serverTimeMs = device.nowMs - MINUTE_MS + 5_000;
  pushed(device, fast);
  device.nowMs += 2_000;
  expect(texts(device)).toEqual(['a']);
  device.fire('expiry');
  expect(texts(device)).toEqual(['erased']);
});

test('[MSG-23] of very many the older ones are not held; they are fetched when somebody looks', async () => {
  const entries = Array.from({ length: TIMED_MAX + 20 }, (_, index) => timed(ben, `m${index}`));
  pushed(device, ...entries);
  expect(device.engine.position(conversationId)).toMatchObject({ fromSeq: 21, toSeq: TIMED_MAX + 20 });
  expect(await device.stored()).toHaveLength(TIMED_MAX);
  device.do({ type: 'timelineClosed', conversationId });
  await device.restart();
  device.online(server);
  device.do({ type: 'timelineOpened', conversationId });
  await device.read();
  for (let requestId = 1; requestId <= 12; requestId++) {
    device.do({ type: 'olderRequested', conversationId, count: 50, requestId });
    await device.read();
    device.settle(server);
  }
  expect(shown(device).map(({ seq }) => seq)).toEqual(entries.map(({ seq }) => seq));
  expect(await device.stored()).toHaveLength(TIMED_MAX);
});

test('[MSG-23, MSG-21] a RECALL of a message that is over already changes nothing more', () => {
  pushed(device, timed(ben, 'secret'));
  device.fire('expiry');
  pushed(device, server.change(ben, EntryKind.RECALL, 1));
  expect(shown(device)).toMatchObject([{ erased: true, content: { recalledBy: ben } }]);
});
