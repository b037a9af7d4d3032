import {
  DECLINED,
  encodeAsking,
  encodeRemark,
  encodeWish,
  REQUEST_EXPIRES_MS,
  type RecordKey,
  recordKey,
} from '@hongyan/protocol';
import { beforeEach, expect, test } from 'vitest';
import { changing, pushed } from './testing/changing.ts';
import { Device } from './testing/device.ts';
import { anna, ben, pushFrame } from './testing/model-server.ts';
import { RecordServer } from './testing/record-server.ts';

const carla = 'u0000000000000002';
const group = 'group.g0000000000000000';
const club = 'group.g0000000000000001';

let server: RecordServer;
let device: Device;

beforeEach(async () => {
  server = new RecordServer();
  device = new Device();
  await device.start();
});

const wish = (greeting = '') => encodeWish({ wanted: true, greeting });
const set = (key: RecordKey, value: Uint8Array = new Uint8Array()) => device.do({ type: 'recordSet', key, value });
/** Another device of the account, or the server, changes a record. */
const hear = (key: RecordKey, changedAtMs: number, value: Uint8Array = new Uint8Array()) =>
  device.receive(pushFrame({ case: 'records', value: { records: [{ key: recordKey(key), changedAtMs, value }] } }));
const friend = { kind: 'friend', userId: ben } as const;
const peer = { kind: 'peer', userId: ben } as const;
const relation = () => device.engine.contact(ben)?.relation.state;
const sent = () => device.take().flatMap(({ body }) => (body?.case === 'setRecord' ? [body.value.record?.key] : []));

test('[B1, PPL-2] two wishes make friends, and each way of ending it is shown at once', () => {
  device.online(server);
  expect(relation()).toBe('none');
  set(friend, wish('我是安娜'));
  expect(device.engine.contact(ben)?.relation).toEqual({ state: 'requested', atMs: 1_000_000, greeting: '我是安娜' });
  hear(peer, 1_000_001, wish());
  expect(relation()).toBe('friends');
  set(friend);
  expect([relation(), device.engine.contacts()]).toEqual(['none', []]);
  hear(peer, 1_000_010, wish('again, by a clock that is ahead'));
  expect(relation()).toBe('received');
  set(friend, DECLINED);
  expect(relation()).toBe('none');
});

test('[B1] who was told no may ask again with the same words', () => {
  device.online(server);
  set(friend, wish('please'));
  device.settle(server);
  hear(peer, 1_000_001, DECLINED);
  expect(relation()).toBe('declined');
  device.nowMs += 1_000;
  set(friend, wish('please'));
  expect([relation(), sent()]).toEqual(['requested', ['friend/u0000000000000001']]);
});

test('[B5] what is decided without a network is shown, kept over a restart, and carried out', async () => {
  set(friend, wish());
  set({ kind: 'remark', userId: carla }, encodeRemark({ name: '卡拉', labels: ['work'] }));
  await device.restart();
  expect(device.engine.contacts()).toMatchObject([
    { userId: ben, relation: { state: 'requested' }, remark: '' },
    { userId: carla, relation: { state: 'none' }, remark: '卡拉', labels: ['work'] },
  ]);
  device.online(server);
  expect([...server.records.keys()].sort()).toEqual([`friend/${ben}`, `remark/${carla}`]);
});

test('[O2] a contact and the list are the same until something of them changed, and each change is told', () => {
  set(friend, wish());
  const [before, list] = [device.engine.contact(ben), device.engine.contacts()];
  set({ kind: 'remark', userId: carla }, encodeRemark({ name: 'C', labels: [] }));
  expect([device.engine.contact(ben) === before, device.engine.contacts() === list]).toEqual([true, false]);
  expect(device.engine.contacts()).toBe(device.engine.contacts());
  device.notices.length = 0;
  hear(peer, 1_000_500, wish());
  expect(device.notices).toContainEqual({ type: 'record', key: peer });
  expect(device.engine.contact(ben)).not.toBe(before);
});

test('[B1] a request is over after 30 days, also in a program that runs on', () => {
  set(friend, wish());
  expect(device.engine.contacts()).toHaveLength(1);
  device.nowMs += REQUEST_EXPIRES_MS + 1;
  set({ kind: 'setting', name: 'any' }, Uint8Array.of(1));
  expect([relation(), device.engine.contacts()]).toEqual(['none', []]);
});

test('[GRP-9, E2] requests to join, one’s own and others’, are listed until those who asked are members', () => {
  device.online(server);
  set({ kind: 'asking', conversationId: group }, encodeAsking({ linkCode: 'x'.repeat(16), text: 'hello' }));
  hear(
    { kind: 'asked', conversationId: club, userId: carla },
    900_000,
    encodeAsking({ linkCode: 'code', text: '我是卡拉' }),
  );
  hear({ kind: 'asked', conversationId: club, userId: ben }, 900_001, encodeAsking({ linkCode: 'code', text: '' }));
  const requests = device.engine.joinRequests();
  expect(requests).toMatchObject([
    { conversationId: club, userId: carla, mine: false, text: '我是卡拉', atMs: 900_000 },
    { conversationId: club, userId: ben, mine: false },
    { conversationId: group, userId: anna, mine: true, text: 'hello' },
  ]);
  expect(device.engine.joinRequests()).toBe(requests);
  const added = changing(server).conversation(ben, { case: 'membersAdded', value: { userIds: [carla] } });
  pushed(device, { ...added, conversationId: club, seq: 1 });
  expect(device.engine.joinRequests().map(({ userId }) => userId)).toEqual([ben, anna]);
});
