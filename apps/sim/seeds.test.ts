import { readFileSync } from 'node:fs';
import { type SimulationResult, simulate, simulateCluster } from '@hongyan/testkit';
import { beforeAll, describe, expect, it } from 'vitest';
import { replayOf } from './report.ts';

const RUN_MS_MAX = 300_000;

interface NamedSeeds {
  process: Record<string, number>;
  cluster: Record<string, number>;
}

/** Seeds that once broke a promise, by what was wrong. */
const named: NamedSeeds = JSON.parse(readFileSync(new URL('../../test/seeds.json', import.meta.url), 'utf8'));

const systems = [
  { name: 'one process', run: simulate, cluster: false, seeds: 200 },
  { name: 'a cluster', run: simulateCluster, cluster: true, seeds: 100 },
];

describe.each(systems)('a whole system under faults, then at rest: $name', ({ run, cluster, seeds }) => {
  const results: SimulationResult[] = [];

  beforeAll(async () => {
    for (let seed = 1; seed <= seeds; seed++) results.push(await run(seed));
  }, RUN_MS_MAX);

  const breachesOf = (promise: string) =>
    results.flatMap(({ seed, violations }) =>
      violations
        .filter((violation) => violation.promise === promise)
        .map(({ message }) => `${message} (${replayOf(seed, { cluster })})`),
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
    expect(results.length).toBe(seeds);
  });
});

describe.each(systems)('one seed: $name', ({ run, cluster }) => {
  it.each([1, 2, 3])('[L2] seed %i gives the same run twice', async (seed) => {
    const [first, second] = [await run(seed), await run(seed)];
    expect(second).toEqual(first);
    expect((await run(seed + 1)).traceHash).not.toBe(first.traceHash);
  });

  const once = Object.entries(cluster ? named.cluster : named.process);
  it.each(once)('[L2] %s (seed %i)', async (_, seed) => {
    expect((await run(seed)).violations).toEqual([]);
  });
});
