import { expect, test } from 'vitest';
import { LiveClock } from './live-clock.ts';

test('[OUT-5] only time with a live connection counts', () => {
  const clock = new LiveClock();
  clock.tick(1_000);
  clock.tick(4_000);
  clock.stop(5_000);
  clock.stop(3_600_000);
  clock.tick(7_200_000);
  clock.tick(7_201_000);
  expect(clock.liveMs).toBe(5_000);
});

test('[OUT-5] neither the sleep of the device counts nor a clock that is set', () => {
  const clock = new LiveClock();
  clock.tick(0);
  clock.tick(10_000_000);
  expect(clock.liveMs).toBeLessThan(180_000);
  const before = clock.liveMs;
  clock.tick(5_000_000);
  clock.tick(5_001_000);
  expect(clock.liveMs).toBe(before + 1_000);
});
