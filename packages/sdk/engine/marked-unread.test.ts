import { selfConversationId } from '@hongyan/protocol';
import { beforeEach, describe, expect, test } from 'vitest';
import { Device } from './testing/device.ts';
import { anna, ben, conversationId, pushFrame } from './testing/model-server.ts';
import { RecordServer } from './testing/record-server.ts';

let server: RecordServer;
let device: Device;
let other: Device;

/** Everything there was is read on `device`; `other` has not been online yet. */
beforeEach(async () => {
  server = new RecordServer();
  device = new Device();
  other = new Device();
  for (let n = 1; n <= 3; n++) server.append(ben, `m${n}`);
  await device.start();
  device.online(server);
  read();
  device.settle(server);
  await other.start();
});

const shown = (of = device) =>
  of.engine.conversations().map(({ markedUnread, unreadCount }) => [markedUnread, unreadCount]);
const mark = () => device.do({ type: 'conversationMarkedUnread', conversationId });
const read = () => device.do({ type: 'conversationRead', conversationId });

describe('a conversation marked as unread', () => {
  test('[REC-9] is so on all devices and over restarts, and counts nothing', async () => {
    expect(shown()).toEqual([[false, 0]]);
    mark();
    device.settle(server);
    other.online(server);
    await device.restart();
    expect([shown(), shown(other)]).toEqual([[[true, 0]], [[true, 0]]]);
  });

  test('[REC-9] is read again when it is opened, on the other devices too', () => {
    mark();
    device.settle(server);
    read();
    expect(shown()).toEqual([[false, 0]]);
    device.settle(server);
    other.online(server);
    expect(shown(other)).toEqual([[false, 0]]);
  });

  test('[REC-9] the mark ends with the next entry that is read, whatever became of the record', () => {
    mark();
    device.settle(server);
    device.receive(pushFrame({ case: 'entry', value: server.append(ben, 'm4') }));
    expect(shown()).toEqual([[true, 1]]);
    const held = server.records.get(`unread/${conversationId}`);
    read();
    device.settle(server);
    if (held) server.set({ ...held, changedAtMs: held.changedAtMs + 1_000_000 });
    device.receive(server.pushOf(server.userSeq));
    expect(shown()).toEqual([[false, 0]]);
  });

  test('[REC-9] where nothing was said there is nothing to mark', () => {
    const notes = selfConversationId(anna);
    device.do({ type: 'conversationMarkedUnread', conversationId: notes });
    device.settle(server);
    expect(server.records.size).toBe(0);
  });
});
