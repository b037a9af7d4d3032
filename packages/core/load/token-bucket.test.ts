import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TokenBucket } from './token-bucket.ts';

test('[LOD-2] gives a burst at once, then the rate', () => {
  const bucket = new TokenBucket({ perSecond: 10, burst: 3 }, 0);
  expect([1, 2, 3, 4].map(() => bucket.take(1, 0))).toEqual([true, true, true, false]);
  expect(bucket.take(1, 99)).toBe(false);
  expect(bucket.take(1, 100)).toBe(true);
  expect([1, 2, 3, 4].map(() => bucket.take(1, 60_000))).toEqual([true, true, true, false]);
});

test('[LOD-2] never gives more than the burst and the rate allow, in whatever steps it is asked', () => {
  const asks = fc.array(fc.record({ afterMs: fc.nat(2_000), tokens: fc.constantFrom(0.25, 1) }), { maxLength: 200 });
  fc.assert(
    fc.property(asks, fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 20 }), (steps, perSecond, burst) => {
      const bucket = new TokenBucket({ perSecond, burst }, 0);
      let [nowMs, given] = [0, 0];
      for (const { afterMs, tokens } of steps) {
        nowMs += afterMs;
        if (bucket.take(tokens, nowMs)) given += tokens;
        expect(given).toBeLessThanOrEqual(burst + (nowMs * perSecond) / 1_000 + 1e-6);
      }
    }),
  );
});

test('[LOD-2] a clock that steps back gives nothing away', () => {
  const bucket = new TokenBucket({ perSecond: 1, burst: 1 }, 10_000);
  expect(bucket.take(1, 10_000)).toBe(true);
  expect(bucket.take(1, 5_000)).toBe(false);
  expect(bucket.take(1, 5_500)).toBe(false);
  expect(bucket.take(1, 6_000)).toBe(true);
});

test('[LOD-2] a rate that changes gives nothing away, and holds from then on', () => {
  const bucket = new TokenBucket({ perSecond: 10, burst: 5 }, 0);
  expect(bucket.available(0)).toBe(5);
  bucket.setRate({ perSecond: 1, burst: 2 }, 0);
  expect(bucket.available(60_000)).toBe(2);
  bucket.setRate({ perSecond: 100, burst: 50 }, 60_000);
  expect(bucket.available(60_000)).toBe(2);
  expect(bucket.available(60_100)).toBe(12);
});
