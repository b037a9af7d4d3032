import { expect, test } from 'vitest';
import { afterRoundTrip, isWeak, UNKNOWN_QUALITY } from './network-quality.ts';
import { connected } from './testing/connected.ts';
import { ben, ModelServer, pushFrame } from './testing/model-server.ts';

test('[CON-6] a network that needs a probe or a second try is weak, and good again half a minute later', async () => {
  const server = new ModelServer();
  const device = await connected(server);
  const quality = () => device.engine.connection();
  device.compose('m1');
  device.fire('command');
  expect(quality()).toEqual({ status: 'online', quality: 'weak' });
  device.settle(server);
  device.nowMs += 30_000;
  device.receive(pushFrame({ case: 'entry', value: server.append(ben, 'm2') }));
  expect(quality()).toEqual({ status: 'online', quality: 'good' });
  device.settle(server);
  device.compose('m3');
  device.lose();
  device.online(server);
  expect(quality()).toEqual({ status: 'online', quality: 'weak' });
});

test('[CON-6] a network with slow answers is weak', () => {
  const after = (rtts: readonly number[]) => rtts.reduce(afterRoundTrip, UNKNOWN_QUALITY);
  expect(isWeak(after([]), 0)).toBe(false);
  expect(isWeak(after([200, 3_000]), 0)).toBe(false);
  expect(isWeak(after([200, 3_000, 3_000, 3_000]), 0)).toBe(true);
  expect(isWeak(after([3_000, ...Array<number>(8).fill(300)]), 0)).toBe(false);
});
