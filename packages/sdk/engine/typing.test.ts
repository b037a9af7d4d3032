import { Feature, TypingKind } from '@hongyan/protocol';
import { beforeEach, expect, test } from 'vitest';
import { connected } from './testing/connected.ts';
import type { Device } from './testing/device.ts';
import { anna, ben, conversationId, ModelServer, pushFrame } from './testing/model-server.ts';
import type { TypingName } from './typing.ts';

const { TYPING, RECORDING, STOPPED } = TypingKind;

let server: ModelServer;
let device: Device;

beforeEach(async () => {
  server = new ModelServer();
  server.features = [Feature.RECEIPTS, Feature.PRESENCE];
  device = await connected(server);
  device.do({ type: 'screenChanged', screen: { userIds: [], conversationIds: [conversationId] } });
  device.settle(server);
});

function type(name: TypingName, afterMs = 0): TypingKind[] {
  device.nowMs += afterMs;
  device.do({ type: 'typed', conversationId, name });
  return device.take().flatMap(({ id, body }) => (id === 0 && body?.case === 'typing' ? [body.value.kind] : []));
}

const hear = (kind: TypingKind, userId = ben) =>
  device.receive(pushFrame({ case: 'typingChanged', value: { conversationId, typists: [{ userId, kind }] } }));
const typists = () => device.engine.typists(conversationId).map(({ kind }) => kind);
const changes = () => device.notices.filter(({ type }) => type === 'typing').length;

test('[PRS-9] it is said with the first key, again every four seconds, and once when it stops', () => {
  expect(type('typing')).toEqual([TYPING]);
  expect(type('typing', 3_999)).toEqual([]);
  expect(type('typing', 1)).toEqual([TYPING]);
  expect(type('recording')).toEqual([RECORDING]);
  expect(type('stopped')).toEqual([STOPPED]);
  expect(type('stopped')).toEqual([]);
  expect(type('typing', 10_000)).toEqual([TYPING]);
  expect(type('stopped', 6_000)).toEqual([]);
});

test('[PRS-9] what is not connected, or does not show the conversation, says nothing, and does not say it later', () => {
  device.do({ type: 'screenChanged', screen: { userIds: [], conversationIds: [] } });
  device.settle(server);
  expect(type('typing')).toEqual([]);
  device.lose();
  expect(type('typing')).toEqual([]);
  device.online(server);
  expect(device.take()).toEqual([]);
});

test('[PRS-9] others end six seconds after they were heard last, when they stop, and with their message', () => {
  hear(TYPING);
  expect(typists()).toEqual(['typing']);
  device.nowMs += 5_000;
  hear(RECORDING);
  expect(typists()).toEqual(['recording']);
  const atMs = device.nowMs;
  device.fire('typing');
  expect([typists(), device.nowMs - atMs, device.timers.has('typing')]).toEqual([[], 6_000, false]);
  hear(TYPING);
  hear(STOPPED);
  expect(typists()).toEqual([]);
  hear(TYPING);
  device.receive(pushFrame({ case: 'entry', value: server.append(ben, 'hello') }));
  expect(typists()).toEqual([]);
  expect(changes()).toBe(7);
});

test('[PRS-9] each ends at its own time, and a repetition changes nothing that is shown', () => {
  hear(TYPING);
  const shown = device.engine.typists(conversationId);
  device.nowMs += 2_000;
  hear(TYPING, anna);
  hear(TYPING, anna);
  expect(changes()).toBe(2);
  expect(device.engine.typists(conversationId)).not.toBe(shown);
  device.fire('typing');
  expect(device.engine.typists(conversationId)).toEqual([{ userId: anna, kind: 'typing' }]);
  device.fire('typing');
  expect(typists()).toEqual([]);
});

test('[PRS-9] nobody is shown where nobody looks any more', () => {
  hear(TYPING);
  device.do({ type: 'screenChanged', screen: { userIds: [], conversationIds: [] } });
  expect(typists()).toEqual([]);
  hear(TYPING);
  expect(typists()).toEqual([]);
});
