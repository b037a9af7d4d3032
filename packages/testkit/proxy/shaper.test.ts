import { describe, expect, test } from 'vitest';
import { SeededRandom } from '../random/seeded-random.ts';
import { line } from './conditions.ts';
import { retransmissionMs, SEGMENT_BYTES, Shaper } from './shaper.ts';

const arrivals = (conditions: Parameters<typeof line>[1], count: number, seed = 1) => {
  const shaper = new Shaper(new SeededRandom(seed));
  const { up } = line('open', conditions);
  return Array.from({ length: count }, () => shaper.arrivalMs(SEGMENT_BYTES, 1_000, up));
};

describe('[O4] a shaped line', () => {
  test('adds its delay and no more', () => {
    expect(arrivals({ delayMs: 300 }, 2)).toEqual([1_300, 1_300]);
  });

  test('lets one segment through after the other, as its width allows', () => {
    const perSegmentMs = (SEGMENT_BYTES * 8) / 32;
    expect(arrivals({ bitsPerSecond: 32_000 }, 3)).toEqual([1, 2, 3].map((count) => 1_000 + count * perSegmentMs));
  });

  test('keeps the order whatever jitter and loss do', () => {
    const times = arrivals({ delayMs: 50, jitterMs: 300, lossChance: 0.3 }, 500);
    expect(times).toEqual([...times].sort((a, b) => a - b));
  });

  test('shows loss as retransmission timeouts, each twice the one before', () => {
    const [certain] = arrivals({ lossChance: 1 }, 1);
    expect(certain).toBe(1_000 + 200 + 400 + 800 + 1_600 + 3_200 + 6_400);
  });

  test('is the same for the same seed', () => {
    const weather = { jitterMs: 100, lossChance: 0.2 };
    expect(arrivals(weather, 50, 7)).toEqual(arrivals(weather, 50, 7));
    expect(arrivals(weather, 50, 7)).not.toEqual(arrivals(weather, 50, 8));
  });
});

test.each([
  [0, 0, 0],
  [0, 1, 200],
  [0, 601, 1_400],
  [500, 30_500, 500 + 51_000],
])('[O4] what TCP sent in vain at %i ms is sent again, seen from %i ms, at %i ms', (firstMs, nowMs, atMs) => {
  expect(retransmissionMs(firstMs, nowMs)).toBe(atMs);
});
