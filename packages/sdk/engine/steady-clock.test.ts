import { expect, test } from 'vitest';
import { SteadyClock } from './steady-clock.ts';
import { Device } from './testing/device.ts';
import { ModelServer } from './testing/model-server.ts';

test('[CON-4] a clock that is set back does not go back in the engine', () => {
  const clock = new SteadyClock();
  expect([5_000, 6_000, 1_000, 1_500, 200, 9_000].map((nowMs) => clock.at(nowMs))).toEqual([
    5_000, 6_000, 6_000, 6_500, 6_500, 15_300,
  ]);
  expect(clock.shown(15_400)).toBe(9_100);
});

test('[SES-7] a half-open connection is found also when the clock was set back by an hour', async () => {
  const device = new Device();
  await device.start();
  device.online(new ModelServer());
  device.nowMs -= 3_600_000;
  for (let minute = 0; minute < 30 && device.engine.connection().status === 'online'; minute++) {
    for (const name of ['heartbeat', 'silence', 'command'] as const) {
      device.nowMs += 20_000;
      if (device.timers.has(name)) device.fire(name);
    }
  }
  expect(device.engine.connection().status).not.toBe('online');
});
