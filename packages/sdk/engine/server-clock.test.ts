import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ServerClock } from './server-clock.ts';
import { Device } from './testing/device.ts';
import { ben, ModelServer, pushFrame } from './testing/model-server.ts';

const trip = fc.record({
  restMs: fc.integer({ min: 0, max: 600_000 }),
  upMs: fc.integer({ min: 0, max: 5_000 }),
  downMs: fc.integer({ min: 0, max: 5_000 }),
});

test('[CON-7] the estimate is wrong by at most half of the best round trip and the drift since, however lopsided the way', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -86_400_000, max: 86_400_000 }),
      fc.double({ min: -200e-6, max: 200e-6, noNaN: true }),
      fc.array(trip, { minLength: 1, maxLength: 60 }),
      (skewMs, drift, trips) => {
        const clock = new ServerClock();
        const startMs = 2_000_000_000_000;
        const deviceAt = (trueMs: number) => Math.round(trueMs + skewMs + (trueMs - startMs) * drift);
        let trueMs = startMs;
        const errorsMs: number[] = [];
        for (const { restMs, upMs, downMs } of trips) {
          trueMs += restMs;
          const sentAtMs = deviceAt(trueMs);
          const serverTimeMs = Math.round(trueMs + upMs);
          trueMs += upMs + downMs;
          clock.observe({ sentAtMs, receivedAtMs: deviceAt(trueMs), serverTimeMs });
          errorsMs.push(Math.abs(clock.at(deviceAt(trueMs)) - trueMs));
          expect(errorsMs.at(-1)).toBeLessThanOrEqual((clock.errorMs(deviceAt(trueMs)) ?? 0) + 1);
          expect(clock.errorMs(deviceAt(trueMs))).toBeLessThanOrEqual((upMs + downMs) / 2 + 4);
        }
      },
    ),
  );
});

test('[CON-7] a clock that is set, forwards or backwards, is noticed with the next round trip', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.integer({ min: 100, max: 20_000 }),
        fc.integer({ min: -20_000, max: -100 }),
        fc.integer({ min: -86_400_000, max: 86_400_000 }).filter((jumpMs) => Math.abs(jumpMs) > 100),
      ),
      fc.array(trip, { minLength: 1, maxLength: 20 }),
      (jumpMs, trips) => {
        const clock = new ServerClock();
        let trueMs = 2_000_000_000_000;
        const ask = (offMs: number, { restMs, upMs, downMs }: { restMs: number; upMs: number; downMs: number }) => {
          trueMs += restMs;
          const sentAtMs = trueMs + offMs;
          const serverTimeMs = trueMs + upMs;
          trueMs += upMs + downMs;
          clock.observe({ sentAtMs, receivedAtMs: trueMs + offMs, serverTimeMs });
        };
        for (const known of trips)
          ask(0, { restMs: known.restMs % 1_000, upMs: known.upMs % 16, downMs: known.downMs % 16 });
        ask(jumpMs, { restMs: 10, upMs: 20, downMs: 20 });
        expect(Math.abs(clock.at(trueMs + jumpMs) - trueMs)).toBeLessThanOrEqual(21);
      },
    ),
  );
});

test('[CON-7] a clock that was set back counts as right until more is known, one that was put right a little does not', () => {
  const clock = new ServerClock();
  clock.observe({ sentAtMs: 100_000, receivedAtMs: 100_020, serverTimeMs: 40_010 });
  expect(clock.at(100_020)).toBe(40_020);
  expect(clock.at(99_920)).toBe(39_920);
  expect(clock.at(40_500)).toBe(40_500);
});

test('[CON-7] the time of an earlier try does not spoil what is known', () => {
  const clock = new ServerClock();
  clock.observeDoubtful({ sentAtMs: 1_000, receivedAtMs: 1_100, serverTimeMs: 90_000 });
  expect(clock.at(1_100)).toBe(1_100);
  clock.observe({ sentAtMs: 1_000, receivedAtMs: 1_100, serverTimeMs: 5_050 });
  clock.observeDoubtful({ sentAtMs: 61_000, receivedAtMs: 61_100, serverTimeMs: 20_000 });
  expect(clock.at(61_100)).toBe(65_100);
  clock.observeDoubtful({ sentAtMs: 61_000, receivedAtMs: 61_010, serverTimeMs: 65_007 });
  expect(clock.at(61_100)).toBe(65_102);
});

test('[CON-7] messages carry the server’s time, and never an earlier one than the message before, a restart included', async () => {
  const server = new ModelServer();
  const device = new Device();
  await device.start();
  device.open();
  const aheadMs = 3_600_000;
  const welcome = (serverTimeMs: number) => {
    const [hello] = device.take();
    for (const frame of hello ? server.answer(hello) : []) {
      if (frame.frame?.case === 'reply' && frame.frame.value.body?.case === 'welcome') {
        frame.frame.value.body.value.serverTimeMs = serverTimeMs;
      }
      device.receive(frame);
    }
  };
  welcome(device.nowMs + aheadMs);
  const times = () => device.engine.outbox().map(({ clientTimeMs }) => clientTimeMs);
  device.compose('m1');
  expect(times()).toEqual([device.nowMs + aheadMs]);
  device.nowMs -= 50_000;
  device.compose('m2');
  await device.restart();
  device.compose('m3');
  expect(times()).toEqual([4_600_000, 4_600_000, 4_600_000]);
});

test('[CON-7] a clock that is set back does not put a message before one that is in the log already', async () => {
  const server = new ModelServer();
  const device = new Device();
  await device.start();
  device.online(server);
  device.compose('m1');
  device.settle(server);
  device.receive(pushFrame({ case: 'entry', value: server.append(ben, 'answer') }));
  const wroteAtMs = device.nowMs;
  device.nowMs -= 600_000;
  device.compose('m2');
  expect(device.engine.outbox()).toMatchObject([{ clientMessageId: 'm2', clientTimeMs: wroteAtMs }]);
});
