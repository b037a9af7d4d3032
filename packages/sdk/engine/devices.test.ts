import type { UserEvent } from '@hongyan/protocol';
import { beforeEach, expect, test } from 'vitest';
import { Device } from './testing/device.ts';
import { ModelServer, pushFrame } from './testing/model-server.ts';

let device: Device;

beforeEach(async () => {
  device = new Device();
  await device.start();
  device.online(new ModelServer());
  device.notices.splice(0);
});

const push = (seq: number, event: UserEvent['event']) =>
  device.receive(pushFrame({ case: 'userEvent', value: { seq, timeMs: 0, event } }));
const toldTimes = () => device.notices.filter(({ type }) => type === 'devices').length;

test('[DEV-2] each device that came, was renamed or went is told, once', () => {
  push(1, { case: 'deviceAdded', value: { deviceId: 'd1', name: 'Laptop' } });
  push(2, { case: 'deviceRenamed', value: { deviceId: 'd1', name: '书房' } });
  push(2, { case: 'deviceRenamed', value: { deviceId: 'd1', name: '书房' } });
  push(3, { case: 'deviceRemoved', value: { deviceId: 'd1' } });
  push(4, undefined);
  expect(toldTimes()).toBe(3);
});

test('[DEV-2] a part of the user log that was not told event by event may have had devices in it', () => {
  device.receive(pushFrame({ case: 'synced', value: { userSeq: 9, serverTimeMs: 0 } }));
  expect(toldTimes()).toBe(1);
  device.receive(pushFrame({ case: 'synced', value: { userSeq: 9, serverTimeMs: 0 } }));
  expect(toldTimes()).toBe(1);
});
