import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EventWheel } from './event-wheel.ts';

test('[L3] everybody comes at their moment, in the order in which they were scheduled', () => {
  const delays = fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 100 });
  fc.assert(
    fc.property(delays, (delaysMs) => {
      const wheel = new EventWheel(delaysMs.length);
      for (const [client, delayMs] of delaysMs.entries()) wheel.schedule(client, delayMs);
      const came: { client: number; atMs: number }[] = [];
      for (let atMs = 1; atMs <= 200; atMs++) wheel.advance((client) => came.push({ client, atMs }));
      const expected = delaysMs.map((atMs, client) => ({ client, atMs }));
      expect(came).toEqual(expected.sort((one, other) => one.atMs - other.atMs || one.client - other.client));
    }),
  );
});

test('[L3] who schedules while being handled comes again, also after a whole round', () => {
  const wheel = new EventWheel(1);
  const came: number[] = [];
  wheel.schedule(0, 70_000);
  for (let atMs = 1; atMs <= 210_000; atMs++) {
    wheel.advance((client) => {
      came.push(atMs);
      wheel.schedule(client, 70_000);
    });
  }
  expect(came).toEqual([70_000, 140_000, 210_000]);
});

test('[L3] an event beyond the wheel is refused instead of coming too early', () => {
  expect(() => new EventWheel(1).schedule(0, 200_000)).toThrow(RangeError);
});
