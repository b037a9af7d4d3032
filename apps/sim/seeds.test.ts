import { readFileSync } from 'node:fs';
import { type SimulationResult, simulate } from '@hongyan/testkit';
import { beforeAll, describe, expect, it } from 'vitest';
import { replayOf } from './report.ts';

const SEEDS = 250;
const RUN_MS_MAX = 300_000;

/** Seeds that once broke a promise, by what was wrong. */
const named: Record<string, number> = JSON.parse(
  readFileSync(new URL('../../test/seeds.json', import.meta.url), 'utf8'),
);

describe('a whole system under faults, then at rest', () => {
  const results: SimulationResult[] = [];

  beforeAll(async () => {
    for (let seed = 1; seed <= SEEDS; seed++) results.push(await simulate(seed));
  }, RUN_MS_MAX);

  const breachesOf = (promise: string) =>
    results.flatMap(({ seed, violations }) =>
      violations
        .filter((violation) => violation.promise === promise)
        .map(({ message }) => `${message} (${replayOf(seed)})`),
    );

  it('[P1] loses no message that its sender saw as sent', () => expect(breachesOf('P1')).toEqual([]));
  it('[P2] has no message twice', () => expect(breachesOf('P2')).toEqual([]));
  it('[P3] shows one log to all devices', () => expect(breachesOf('P3')).toEqual([]));
  it('[P4] gives every device everything, oldest first', () => expect(breachesOf('P4')).toEqual([]));
  it('[P5] says delivered, read and unread only as they are', () => expect(breachesOf('P5')).toEqual([]));
  it('[P6] tells an attacker nothing of others', () => expect(breachesOf('P6')).toEqual([]));
  it('[P8] answers every command once', () => expect(breachesOf('P8')).toEqual([]));
  it('[P9] lets no attacker disturb those who keep to the rules', () => expect(breachesOf('P9')).toEqual([]));
  it('[L2] comes to rest with everything sent', () => expect(breachesOf('LIVENESS')).toEqual([]));

  it('[L2] is a fair trial: messages were sent and received in every run', () => {
    expect(results.filter(({ messages }) => messages === 0)).toEqual([]);
    expect(results.length).toBe(SEEDS);
  });
});

describe('one seed', () => {
  it.each([1, 2, 3])('[L2] seed %i gives the same run twice', async (seed) => {
    const [first, second] = [await simulate(seed), await simulate(seed)];
    expect(second).toEqual(first);
    expect((await simulate(seed + 1)).traceHash).not.toBe(first.traceHash);
  });

  it.each(Object.entries(named))('[L2] %s (seed %i)', async (_, seed) => {
    expect((await simulate(seed)).violations).toEqual([]);
  });
});
