import { expect, test } from 'vitest';
import {
  afterFailure,
  afterFrame,
  afterProbe,
  afterRefusal,
  NOTHING_KNOWN,
  nextPath,
  type PathKnowledge,
  probeDelayMs,
} from './fallback-choice.ts';

const after = (...steps: ((known: PathKnowledge) => PathKnowledge)[]) =>
  steps.reduce((known, step) => step(known), NOTHING_KNOWN);
const firstFails = (known: PathKnowledge) => afterFailure(known, 'first');
const firstWorks = (known: PathKnowledge) => afterFrame(known, 'first');
const secondFails = (known: PathKnowledge) => afterFailure(known, 'second');
const secondWorks = (known: PathKnowledge) => afterFrame(known, 'second');
const probeFails = (known: PathKnowledge) => afterProbe(known, false);
const probeOpens = (known: PathKnowledge) => afterProbe(known, true);

test('[POL-12, F4] two failures in a row before a frame lead to the second transport, one does not', () => {
  expect(nextPath(after())).toBe('first');
  expect(nextPath(after(firstFails))).toBe('first');
  expect(nextPath(after(firstFails, firstFails))).toBe('second');
  expect(nextPath(after(firstFails, firstWorks, firstFails))).toBe('first');
});

test('[POL-12, F4] the second transport is kept while it works, and left when neither does', () => {
  const onSecond = [firstFails, firstFails, secondWorks];
  expect(nextPath(after(...onSecond, secondWorks, probeFails))).toBe('second');
  expect(nextPath(after(firstFails, firstFails, secondFails))).toBe('first');
  expect(nextPath(after(firstFails, firstFails, secondFails, firstFails))).toBe('first');
});

test('[POL-12, F4] a probe that opened leads to the first transport; without a frame there, back after one failure', () => {
  const climbing = [firstFails, firstFails, secondWorks, probeOpens];
  expect(nextPath(after(...climbing))).toBe('first');
  expect(nextPath(after(...climbing, firstFails))).toBe('second');
  expect(after(...climbing, firstWorks)).toEqual(NOTHING_KNOWN);
});

test('[POL-12, F4] a first transport that is refused leads to the second one at once, until that fails too', () => {
  expect(nextPath(after(afterRefusal, secondWorks))).toBe('second');
  expect(nextPath(after(afterRefusal, secondFails))).toBe('first');
});

test('[POL-12, F4] probes are made soon, then after a minute, then ever more rarely up to ten minutes', () => {
  const delays = [0, 1, 2, 3, 4, 5, 6].map((probes) => probeDelayMs({ failures: 2, probes }, 0.999_999));
  expect(delays.map((delayMs) => Math.round(delayMs / 1_000))).toEqual([5, 60, 120, 240, 480, 600, 600]);
  expect(probeDelayMs({ failures: 2, probes: 1 }, 0)).toBe(45_000);
  const useless = after(firstFails, firstFails, secondWorks, probeOpens, firstFails, secondWorks);
  expect(probeDelayMs(useless, 0)).toBeGreaterThan(0);
});
