import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Backlog } from './backlog.ts';

const AGE_MAX_MS = 20_000;

test('[LOD-6] nothing unfinished has no age', () => {
  const backlog = new Backlog();
  backlog.started();
  backlog.finished();
  expect(backlog.sample(1_000, AGE_MAX_MS)).toBe(0);
});

test('[LOD-6] a standstill ages, up to the most that is asked for', () => {
  const backlog = new Backlog();
  backlog.started();
  const ages = [0, 500, 1_000, 30_000].map((nowMs) => backlog.sample(nowMs, AGE_MAX_MS));
  expect(ages.slice(0, 3)).toEqual([0, 500, 1_000]);
  expect(ages[3]).toBeLessThanOrEqual(AGE_MAX_MS);
});

test('[LOD-6] one task that never ends among others that do is no standstill', () => {
  const backlog = new Backlog();
  backlog.started();
  for (let nowMs = 0; nowMs < 60_000; nowMs += 500) {
    for (let n = 0; n < 10; n++) backlog.started();
    for (let n = 0; n < 10; n++) backlog.finished();
    expect(backlog.sample(nowMs, AGE_MAX_MS)).toBeLessThanOrEqual(500);
  }
});

test('[LOD-6] the age of tasks that end in their order is right to one interval', () => {
  const steps = fc.array(fc.record({ starts: fc.nat(20), ends: fc.nat(20) }), { maxLength: 100 });
  fc.assert(
    fc.property(steps, (run) => {
      const backlog = new Backlog();
      const waiting: number[] = [];
      for (const [index, { starts, ends }] of run.entries()) {
        const nowMs = index * 100;
        for (let n = 0; n < starts; n++) {
          backlog.started();
          waiting.push(nowMs);
        }
        for (const _ of waiting.splice(0, ends)) backlog.finished();
        const exactMs = nowMs - (waiting[0] ?? nowMs);
        expect(backlog.sample(nowMs, Number.POSITIVE_INFINITY)).toBe(exactMs);
      }
    }),
  );
});
