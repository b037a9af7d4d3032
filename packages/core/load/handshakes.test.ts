import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type HandshakePart, Handshakes } from './handshakes.ts';
import { RETURN_AFTER_MAX_MS, ReturnTimes } from './return-times.ts';

/** A small generator of numbers in [0, 1) that a seed repeats. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

interface Storm {
  clients: number;
  perSecond: number;
  burst: number;
  seed: number;
}

/** Everybody is cut within a second and obeys, with a jitter of their own. Answers who asked and got in when. */
function weather({ clients, perSecond, burst, seed }: Storm) {
  const random = randomOf(seed);
  const handshakes = new Handshakes({ perSecond, burst }, 0);
  const arrivals = Array.from({ length: clients }, () => Math.floor(random() * 1_000));
  const [asked, admitted]: [number[], number[]] = [[], []];
  const due = new Map<number, number>();
  const come = (atMs: number) => due.set(atMs, (due.get(atMs) ?? 0) + 1);
  for (const atMs of arrivals) come(atMs);
  for (let nowMs = 0; due.size > 0 && nowMs < 3_600_000; nowMs++) {
    for (let count = due.get(nowMs) ?? 0; count > 0; count--) {
      asked.push(nowMs);
      const verdict = handshakes.ask('whole', nowMs, random);
      if (verdict.admitted) admitted.push(nowMs);
      else come(nowMs + verdict.retryAfterMs + 500 + Math.floor(random() * 1_000));
    }
    due.delete(nowMs);
  }
  return { asked, admitted, refused: handshakes.refused };
}

const most = (times: readonly number[], fromMs: number, spanMs: number) => {
  const slots = new Map<number, number>();
  for (const atMs of times) {
    const slot = Math.floor(atMs / spanMs);
    if (atMs >= fromMs) slots.set(slot, (slots.get(slot) ?? 0) + 1);
  }
  return Math.max(0, ...slots.values());
};

test('[LOD-3] clients that obey all get in, in the time the rate allows, and do not ask much faster than it', () => {
  const storms = fc.record({
    clients: fc.integer({ min: 1, max: 4_000 }),
    perSecond: fc.integer({ min: 20, max: 2_000 }),
    burst: fc.integer({ min: 20, max: 500 }),
    seed: fc.nat(),
  });
  fc.assert(
    fc.property(storms, (storm) => {
      const { clients, perSecond, burst } = storm;
      const { asked, admitted, refused } = weather(storm);
      expect(admitted).toHaveLength(clients);
      expect(refused).toBe(asked.length - clients);
      const fairMs = (Math.max(0, clients - burst) / perSecond) * 1_000;
      expect(Math.max(...admitted)).toBeLessThan(1.6 * fairMs + 15_000);
      expect(most(admitted, 0, 1_000)).toBeLessThanOrEqual(burst + perSecond + 1);
      // Those who come back, after the first second in which everybody asks. More than fit into the longest time cannot
      // keep to the rate.
      if (clients <= 45 * perSecond) expect(most(asked, 2_000, 1_000)).toBeLessThan(2 * perSecond + 30);
    }),
    { numRuns: 60 },
  );
});

test('[LOD-3] of five thousand at once each is turned away about once', () => {
  const { asked } = weather({ clients: 5_000, perSecond: 1_000, burst: 500, seed: 1 });
  expect(asked.length).toBeLessThan(2.2 * 5_000);
});

test('[LOD-3] nobody is sent away for no time, or for more than a minute, however many there are', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      fc.integer({ min: 1, max: 500 }),
      (random, perSecond) => {
        const times = new ReturnTimes(perSecond);
        for (let n = 0; n < 60 * perSecond + 500; n += 1) {
          const afterMs = times.next(1_000, random);
          expect(afterMs).toBeGreaterThanOrEqual(1);
          expect(afterMs).toBeLessThanOrEqual(RETURN_AFTER_MAX_MS);
        }
      },
    ),
    { numRuns: 20 },
  );
});

test('[LOD-3] those beyond the last place share half a minute', () => {
  const times = new ReturnTimes(1);
  for (let n = 0; n < 60; n += 1) times.next(0, 0);
  expect([0, 0.5, 0.999].map((random) => times.next(0, random))).toEqual([30_000, 45_000, 59_970]);
});

test('[LOD-2] going on with a session takes a quarter of a handshake', () => {
  const handshakes = new Handshakes({ perSecond: 1, burst: 1 }, 0);
  const asks = [1, 2, 3, 4, 5].map(() => handshakes.ask('resumption', 0, () => 0).admitted);
  expect(asks).toEqual([true, true, true, true, false]);
});

test('[LOD-2] a resumption that is none takes the rest of a handshake, and what was asked for in vain is there for others', () => {
  const handshakes = new Handshakes({ perSecond: 1, burst: 1 }, 0);
  const ask = (part: HandshakePart) => handshakes.ask(part, 0, () => 0).admitted;
  expect([ask('resumption'), ask('rest'), ask('resumption')]).toEqual([true, true, false]);
  handshakes.giveBack('whole');
  handshakes.giveBack('whole');
  expect([ask('whole'), ask('resumption')]).toEqual([true, false]);
});
