import { decodeCleared, encodeCleared } from '@hongyan/protocol';
import { beforeEach, describe, expect, test } from 'vitest';
import { Device } from './testing/device.ts';
import { anna, ben, conversationId, pushFrame } from './testing/model-server.ts';
import { RecordServer } from './testing/record-server.ts';

let server: RecordServer;
let device: Device;

/** The conversation is open, with a page of its entries; there are older ones. */
beforeEach(async () => {
  server = new RecordServer();
  device = new Device();
  for (let n = 1; n <= 9; n++) server.append(n % 2 ? ben : anna, `m${n}`);
  server.pageSize = 4;
  await device.start();
  device.online(server);
  device.do({ type: 'timelineOpened', conversationId });
});

const seqs = () => device.engine.timeline(conversationId)?.messages.map(({ seq }) => seq);
const hasOlder = () => device.engine.timeline(conversationId)?.hasOlder;
const unread = () => device.engine.conversations().map(({ unreadCount }) => unreadCount);
const clear = () => device.do({ type: 'conversationCleared', conversationId });

describe('a cleared conversation', () => {
  test('[REC-8] is shown and counted no more, nor is anything older fetched; what comes then is', () => {
    expect(hasOlder()).toBe(true);
    clear();
    expect([seqs(), hasOlder(), device.engine.conversations()]).toEqual([[], false, []]);
    device.settle(server);
    expect(decodeCleared(server.records.get(`cleared/${conversationId}`)?.value ?? Uint8Array.of())).toMatchObject({
      throughSeq: 9,
    });
    device.receive(pushFrame({ case: 'entry', value: server.append(ben, 'm10') }));
    expect([seqs(), hasOlder(), unread()]).toEqual([[10], false, [1]]);
    expect(device.engine.conversations()[0]?.lastMessage?.seq).toBe(10);
  });

  test('[REC-8] comes back whole when it is restored, on the other devices too', async () => {
    const before = [seqs(), hasOlder(), unread()];
    clear();
    device.settle(server);
    device.do({ type: 'conversationRestored', conversationId });
    expect([seqs(), hasOlder(), unread()]).toEqual(before);
    device.settle(server);
    const other = new Device();
    await other.start();
    other.online(server);
    expect(other.engine.conversations()).toHaveLength(1);
  });

  test('[REC-8] cleared elsewhere while this device was away, also one that never saw it', async () => {
    device.lose();
    server.set({
      key: `cleared/${conversationId}`,
      changedAtMs: 5,
      value: encodeCleared({ throughSeq: 9, readSeq: 0, unreadCount: 0 }),
    });
    server.append(ben, 'm10');
    device.online(server);
    expect([seqs(), unread()]).toEqual([[10], [1]]);
    const fresh = new Device();
    await fresh.start();
    fresh.online(server);
    expect(fresh.engine.conversations().map(({ unreadCount, lastMessage }) => [unreadCount, lastMessage?.seq])).toEqual(
      [[1, 10]],
    );
  });

  test('[REC-8] a second clearing taken back leaves what the first one hid hidden', () => {
    clear();
    device.settle(server);
    device.receive(pushFrame({ case: 'entry', value: server.append(ben, 'm10') }));
    clear();
    expect(seqs()).toEqual([]);
    device.do({ type: 'conversationRestored', conversationId });
    expect([seqs(), hasOlder()]).toEqual([[10], false]);
  });

  test('[REC-8] is still hidden after a restart, and a message that waits is shown', async () => {
    clear();
    await device.restart();
    expect(device.engine.conversations()).toEqual([]);
    device.compose('waiting');
    expect(device.engine.conversations().map(({ lastMessage }) => lastMessage?.id)).toEqual(['waiting']);
  });

  test('[REC-1] a value that cannot be read hides nothing', () => {
    server.set({ key: `cleared/${conversationId}`, changedAtMs: 5, value: Uint8Array.of(255, 255) });
    device.receive(server.pushOf(1));
    expect(device.engine.conversations()).toHaveLength(1);
  });
});
