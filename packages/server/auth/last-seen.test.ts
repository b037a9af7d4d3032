import type { Sighting } from '@hongyan/core';
import { SIGHTINGS_MAX } from '@hongyan/core';
import { expect, test } from 'vitest';
import { settle } from '../testing/gateway-world.ts';
import { ManualClock } from '../testing/manual-clock.ts';
import { LastSeen } from './last-seen.ts';

const MINUTE_MS = 60_000;

function world(write?: () => Promise<void>) {
  const clock = new ManualClock();
  const written: Sighting[][] = [];
  const seen = new LastSeen({
    clock,
    async write(sightings) {
      written.push([...sightings]);
      await write?.();
    },
  });
  const pass = async (ms: number) => {
    clock.advance(ms);
    await settle();
  };
  return { clock, written, seen, pass };
}

test('[DEV-6] however often a device is there, it is written once in five minutes, together with others', async () => {
  const { clock, written, seen, pass } = world();
  const startMs = clock.now();
  for (let minute = 0; minute < 10; minute++) {
    seen.saw('d1');
    if (minute === 0) seen.saw('d2');
    await pass(MINUTE_MS);
  }
  expect(written).toEqual([
    [
      { id: 'd1', seenAtMs: startMs },
      { id: 'd2', seenAtMs: startMs },
    ],
    [{ id: 'd1', seenAtMs: startMs + 5 * MINUTE_MS }],
  ]);
});

test('[DEV-6, P8] many are written in pieces, and what comes beyond a bound waits to be seen again', async () => {
  const { written, seen } = world();
  for (let at = 0; at < 25_000; at++) seen.saw(`d${at}`);
  await seen.flush();
  expect(written.every((piece) => piece.length <= SIGHTINGS_MAX)).toBe(true);
  expect(written.flat()).toHaveLength(20_000);
  seen.saw('d24999');
  await seen.flush();
  expect(written.flat()).toHaveLength(20_001);
});

test('[DEV-6] a store that is away costs nothing but the sighting', async () => {
  const { written, seen, pass } = world(() => Promise.reject(new Error('away')));
  seen.saw('d1');
  await pass(MINUTE_MS);
  await pass(5 * MINUTE_MS);
  seen.saw('d1');
  await seen.flush();
  expect(written).toHaveLength(2);
});
