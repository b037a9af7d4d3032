import { encodeSetting, type RecordKey, selfConversationId } from '@hongyan/protocol';
import { beforeEach, expect, test } from 'vitest';
import { changing, pushed } from './testing/changing.ts';
import { Device } from './testing/device.ts';
import { anna, ben, conversationId } from './testing/model-server.ts';
import { RecordServer } from './testing/record-server.ts';

let server: RecordServer;
let device: Device;

/** Two messages by Ben, one of which mentions Anna, and none is read. */
beforeEach(async () => {
  server = new RecordServer();
  device = new Device();
  server.append(ben, 'm1');
  changing(server).message(ben, 'm2', { mentionedIds: [anna] });
  await device.start();
  device.online(server);
});

const set = (kind: 'notify' | 'top', value: string, id = conversationId) =>
  device.do({
    type: 'recordSet',
    key: { kind, conversationId: id } satisfies RecordKey,
    value: encodeSetting({ value }),
  });
const total = (of = device) => of.engine.unread();
const first = (of = device) => of.engine.conversations()[0];

test('[REC-10, I2] what is not wanted is left out of the total, and unread in its conversation all the same', () => {
  expect(total()).toEqual({ messages: 2, mentions: 1, conversations: 1 });
  set('notify', 'mentions');
  expect([first()?.notify, first()?.unreadCount, total()]).toEqual([
    'mentions',
    2,
    { messages: 1, mentions: 1, conversations: 1 },
  ]);
  set('notify', 'none');
  expect([first()?.unreadCount, total()]).toEqual([2, { messages: 0, mentions: 0, conversations: 0 }]);
  set('notify', 'what a later version knows');
  expect([first()?.notify, total().messages]).toEqual(['all', 2]);
  set('notify', '');
  expect(first()?.notify).toBe('all');
});

test('[REC-10, I2] it is so on all devices, over restarts, and without a network', async () => {
  device.lose();
  set('notify', 'none');
  set('top', 'yes');
  await device.restart();
  expect(first()).toMatchObject({ notify: 'none', onTop: true });
  device.online(server);
  const other = new Device();
  await other.start();
  other.online(server);
  expect([first(other), total(other)]).toMatchObject([{ notify: 'none', onTop: true }, { messages: 0 }]);
});

test('[REC-10] a conversation on top stays above one in which something was said later', () => {
  const self = selfConversationId(anna);
  device.nowMs += 10_000_000;
  device.do({ type: 'messageComposed', conversationId: self, clientMessageId: 'note', body: Uint8Array.of(1) });
  const order = () => device.engine.conversations().map(({ id }) => id);
  expect(order()).toEqual([self, conversationId]);
  set('top', 'yes');
  expect(order()).toEqual([conversationId, self]);
  set('top', '');
  expect(order()).toEqual([self, conversationId]);
});

test('[REC-10, REC-9] a conversation that is marked counts as one, and no message', () => {
  device.do({ type: 'conversationRead', conversationId });
  device.do({ type: 'conversationMarkedUnread', conversationId });
  expect(total()).toEqual({ messages: 0, mentions: 0, conversations: 1 });
});

test('[O2] the total is the same object until it is another', () => {
  const before = total();
  pushed(device, changing(server).react(ben, 1, '👍'));
  expect(total()).toBe(before);
  pushed(device, server.append(ben, 'm4'));
  expect(total()).not.toBe(before);
});
