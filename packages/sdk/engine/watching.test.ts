import { type Command, ErrorCode, Feature, type Presence, PresenceState } from '@hongyan/protocol';
import { beforeEach, expect, test } from 'vitest';
import { connected } from './testing/connected.ts';
import type { Device } from './testing/device.ts';
import { anna, ben, conversationId, ModelServer, pushFrame, replyFrame } from './testing/model-server.ts';

const carl = 'u0000000000000002';

let server: ModelServer;
let device: Device;

beforeEach(async () => {
  server = new ModelServer();
  server.features = [Feature.RECEIPTS, Feature.PRESENCE];
  device = await connected(server);
});

const show = (userIds: string[], conversationIds: string[] = []) =>
  device.do({ type: 'screenChanged', screen: { userIds, conversationIds } });
const watches = (commands: readonly Command[]) =>
  commands.flatMap(({ id, body }) => (body?.case === 'watch' ? [{ id, ...body.value }] : []));
const looks = (userId: string, state: PresenceState): Presence => ({ userId, state, devices: [], lastSeenMs: 0 });
const tell = (...presences: Presence[]) => device.receive(pushFrame({ case: 'presenceChanged', value: { presences } }));
const done = (id: number) => device.receive(replyFrame(id, { case: 'done', value: {} }));
const refuse = (id: number, code: ErrorCode, retryAfterMs: number) =>
  device.receive(replyFrame(id, { case: 'error', value: { code, message: '', retryAfterMs } }));
const told = () =>
  device.notices.flatMap((notice) =>
    notice.type === 'presence' ? [`${notice.presence.userId.at(-1)} ${notice.presence.state}`] : [],
  );

function watch(): number {
  const [statement] = watches(device.take());
  if (statement === undefined) throw new Error('nothing was stated');
  return statement.id;
}

test('[PRS-2] who is named is shown so, and who is not is offline', () => {
  show([ben, carl]);
  const [statement] = watches(device.take());
  expect(statement).toMatchObject({ userIds: [ben, carl], conversationIds: [] });
  expect(device.engine.presence(ben)).toBeUndefined();
  tell({ ...looks(ben, PresenceState.AWAY), devices: [{ kind: 3, isIdle: true }] });
  done(statement?.id ?? 0);
  const devices = [{ kind: 'phone', isIdle: true }];
  expect(device.engine.presence(ben)).toEqual({ userId: ben, state: 'away', devices, lastSeenMs: undefined });
  expect(told()).toEqual(['1 away', '2 offline']);
  tell({ ...looks(ben, PresenceState.OFFLINE), lastSeenMs: 300_000 }, looks('u0000000000000009', PresenceState.ONLINE));
  expect(device.engine.presence(ben)).toMatchObject({ state: 'offline', lastSeenMs: 300_000 });
  expect(told()).toEqual(['1 away', '2 offline', '1 offline']);
});

test('[PRS-10] one statement is under way at a time, and the newest screen follows', () => {
  show([ben]);
  const id = watch();
  show([ben, carl]);
  show([carl], [conversationId]);
  expect(device.take()).toEqual([]);
  done(id);
  expect(watches(device.take())).toMatchObject([{ userIds: [carl], conversationIds: [conversationId] }]);
  expect(device.engine.presence(ben)).toBeUndefined();
});

test('[PRS-10] a screen without anything is stated only where something was', () => {
  show([]);
  expect(device.take()).toEqual([]);
  show([ben]);
  done(watch());
  show([]);
  expect(watches(device.take())).toMatchObject([{ userIds: [], conversationIds: [] }]);
});

test('[PRS-10] no more than the server takes is stated: what was shown last', () => {
  const people = Array.from({ length: 250 }, (_, at) => `u${String(at).padStart(16, '0')}`);
  show(people);
  expect(watches(device.take())[0]?.userIds).toEqual(people.slice(-200));
});

test('[PRS-10] what is known stays while there is no connection, and what is not confirmed after it goes', () => {
  show([ben, carl]);
  const id = watch();
  tell(looks(ben, PresenceState.ONLINE), looks(carl, PresenceState.ONLINE));
  done(id);
  device.lose();
  expect(device.engine.presence(ben)).toMatchObject({ state: 'online' });
  device.fire('reconnect');
  device.open();
  const [hello] = device.take();
  if (hello) device.receive(...server.answer(hello));
  const again = watch();
  tell(looks(carl, PresenceState.DO_NOT_DISTURB));
  done(again);
  expect(device.engine.presence(ben)).toMatchObject({ state: 'offline' });
  expect(device.engine.presence(carl)).toMatchObject({ state: 'do-not-disturb' });
});

test('[PRS-10] a statement that is refused for now is made again after its time, in full', () => {
  show([ben]);
  refuse(watch(), ErrorCode.OVERLOADED, 5_000);
  show([ben, carl]);
  expect(watches(device.take())).toEqual([]);
  device.fire('resend');
  expect(watches(device.take())).toMatchObject([{ userIds: [ben, carl] }]);
});

test('[PRS-1] a server that does not know of it is asked nothing', async () => {
  server.features = [];
  device = await connected(server);
  show([ben], [conversationId]);
  device.do({ type: 'deviceIdle', isIdle: true });
  device.do({ type: 'typed', conversationId, name: 'typing' });
  expect(device.take()).toEqual([]);
});

test('[PRS-4] whether somebody is at the device is said when it changes, and on every connection where nobody is', () => {
  const stated = () => device.take().flatMap(({ body }) => (body?.case === 'stateDevice' ? [body.value.isIdle] : []));
  device.do({ type: 'deviceIdle', isIdle: false });
  expect(stated()).toEqual([]);
  device.do({ type: 'deviceIdle', isIdle: true });
  device.do({ type: 'deviceIdle', isIdle: true });
  expect(stated()).toEqual([true]);
  device.lose();
  device.fire('reconnect');
  device.open();
  const [hello] = device.take();
  if (hello) device.receive(...server.answer(hello));
  expect(stated()).toEqual([true]);
});

test('[SES-11, CON-8] what is pushed of presence is not counted', () => {
  const pushesReceived = () => {
    device.lose();
    device.fire('reconnect');
    device.open();
    const [hello] = device.take();
    if (hello) device.receive(...server.answer(hello));
    return hello?.body?.case === 'hello' ? hello.body.value.resume?.pushesReceived : undefined;
  };
  show([ben], [conversationId]);
  done(watch());
  tell(looks(ben, PresenceState.ONLINE));
  device.receive(pushFrame({ case: 'typingChanged', value: { conversationId, typists: [{ userId: ben, kind: 1 }] } }));
  device.receive(pushFrame({ case: 'receipt', value: { conversationId, userId: anna, deliveredSeq: 0, readSeq: 0 } }));
  expect(pushesReceived()).toBe(2);
});
