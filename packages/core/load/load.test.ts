import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Load } from './load.ts';
import { LOAD_LEVEL_MAX, SHEDDING_ORDER } from './load-class.ts';

const CALM = { unansweredCommands: 0, oldestSendMs: 0, eventLoopDelayMs: 0 };
const STUCK = { ...CALM, oldestSendMs: 60_000 };
const INTERVAL_MS = 500;

function observed(signals: readonly (typeof CALM)[], load = new Load()): number[] {
  return signals.map((each, index) => {
    load.observe(each, index * INTERVAL_MS);
    return load.level;
  });
}

const times = (count: number, signals: typeof CALM) => Array.from({ length: count }, () => signals);

test('[LOD-5] sheds typing and presence first and messages last, one class a step', () => {
  const load = new Load();
  const order: string[] = [];
  for (let n = 0; n < 10; n++) {
    load.observe(STUCK, n * INTERVAL_MS);
    for (const name of SHEDDING_ORDER) if (load.sheds(name) && !order.includes(name)) order.push(name);
    expect(order).toHaveLength(Math.min(n + 1, LOAD_LEVEL_MAX));
  }
  expect(order).toEqual(['signal', 'comparison', 'history', 'state', 'handshake', 'message']);
});

test('[LOD-6] a node that does what it can sheds nothing', () => {
  const busy = { unansweredCommands: 5_000, oldestSendMs: 1_000, eventLoopDelayMs: 200 };
  expect(observed(times(50, busy)).every((level) => level === 0)).toBe(true);
});

test.each([
  ['unansweredCommands', 10_000],
  ['oldestSendMs', 2_500],
  ['eventLoopDelayMs', 500],
] as const)('[LOD-6] %s of %i alone sheds history and no more', (signal, value) => {
  expect(observed(times(20, { ...CALM, [signal]: value })).at(-1)).toBe(3);
});

test('[LOD-6] comes down one step at a time, each after a calm time', () => {
  const levels = observed([...times(3, STUCK), ...times(20, CALM)]);
  expect(levels.slice(0, 8)).toEqual([1, 2, 3, 3, 3, 3, 3, 2]);
  expect(levels.at(-1)).toBe(0);
});

test('[LOD-6] a pressure between leaving and entering a level changes nothing', () => {
  const load = new Load();
  observed(times(3, STUCK), load);
  const between = { ...CALM, oldestSendMs: 2_000 };
  expect(new Set(observed(times(100, between), load))).toEqual(new Set([3]));
});

test('[LOD-6] never moves by more than one step, whatever is measured', () => {
  const signals = fc.record({
    unansweredCommands: fc.nat(100_000),
    oldestSendMs: fc.nat(20_000),
    eventLoopDelayMs: fc.nat(5_000),
  });
  fc.assert(
    fc.property(fc.array(signals, { maxLength: 100 }), (run) => {
      let before = 0;
      for (const level of observed(run)) {
        expect(Math.abs(level - before)).toBeLessThanOrEqual(1);
        expect(level).toBeGreaterThanOrEqual(0);
        expect(level).toBeLessThanOrEqual(LOAD_LEVEL_MAX);
        before = level;
      }
    }),
  );
});
