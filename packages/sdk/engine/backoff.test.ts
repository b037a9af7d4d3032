import fc from 'fast-check';
import { expect, test } from 'vitest';
import { advisedDelayMs, growingDelayMs, promptDelayMs } from './backoff.ts';

const unit = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

test('[CON-2] pauses grow, differ, and stay within their bounds', () => {
  fc.assert(
    fc.property(fc.array(unit, { minLength: 1, maxLength: 40 }), (randoms) => {
      let delay = 0;
      for (const random of randoms) {
        const next = growingDelayMs(delay, random);
        expect(next).toBeGreaterThanOrEqual(500);
        expect(next).toBeLessThanOrEqual(Math.min(30_000, Math.max(1_500, delay * 3)));
        delay = next;
      }
      expect(promptDelayMs(randoms[0] ?? 0)).toBeLessThan(1_000);
    }),
  );
  expect(growingDelayMs(30_000, 0.999)).toBe(30_000);
  expect(advisedDelayMs(5_000, 700)).toBe(5_700);
});
