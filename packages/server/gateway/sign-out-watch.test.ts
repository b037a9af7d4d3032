import { expect, test } from 'vitest';
import { settle } from '../testing/gateway-world.ts';
import { ManualClock } from '../testing/manual-clock.ts';
import { SignOutWatch } from './sign-out-watch.ts';

const ROUND_MS = 120_000;
const STEP_MS = 5_000;
const STEPS = ROUND_MS / STEP_MS;
const logger = { debug() {}, info() {}, warn() {}, error() {} };
const idsOf = (count: number) => Array.from({ length: count }, (_, index) => `d${index}`);

/** Watches `present` for some rounds; answers what was asked in each step, and who was signed out. */
async function watched(
  present: { ids: readonly string[] },
  signedOut: (ids: readonly string[], step: number) => Promise<readonly string[]>,
  rounds = 1,
) {
  const clock = new ManualClock();
  const asked: string[][] = [];
  const revoked: string[] = [];
  const watch = new SignOutWatch({
    clock,
    logger,
    devices: () => present.ids,
    signedOut(ids) {
      asked.at(-1)?.push(...ids);
      return signedOut(ids, asked.length - 1);
    },
    revoke: (deviceId) => void revoked.push(deviceId),
  });
  for (let passedMs = 0; passedMs < rounds * ROUND_MS; passedMs += STEP_MS) {
    asked.push([]);
    clock.advance(STEP_MS);
    await settle();
  }
  watch.close();
  expect(clock.timerCount).toBe(0);
  return { asked, revoked };
}

const stepOf = (asked: readonly string[][], deviceId: string) => asked.findIndex((ids) => ids.includes(deviceId));

test('[SES-3] every device is looked up once in a round, a few at a time, and those that are signed out end', async () => {
  const isOut = (id: string) => id === 'd0' || id === 'd599';
  const { asked, revoked } = await watched({ ids: idsOf(600) }, async (ids) => ids.filter(isOut));
  expect(asked.flat().sort()).toEqual(idsOf(600).sort());
  expect(Math.max(...asked.map(({ length }) => length))).toBeLessThan(60);
  expect(revoked.sort()).toEqual(['d0', 'd599']);
});

test('[SES-3] a device’s turn does not depend on who comes and goes', async () => {
  const present = { ids: idsOf(600) };
  const nobody = async () => [];
  const { asked } = await watched(present, nobody);
  const last = asked.at(-1)?.[0] ?? '';
  const fewer = await watched({ ids: [last] }, nobody, 2);
  expect(fewer.asked.flatMap((ids, step) => (ids.length > 0 ? [step] : []))).toEqual([STEPS - 1, 2 * STEPS - 1]);
});

test('[P8] so many as have the same turn are not looked up at once', async () => {
  const sizes: number[] = [];
  await watched({ ids: idsOf(60_000) }, async (ids) => {
    sizes.push(ids.length);
    return [];
  });
  expect(Math.max(...sizes)).toBe(1_000);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(60_000);
});

test('[SES-3] nobody is signed out while nobody knows; they are looked up as soon as it is known', async () => {
  const present = { ids: idsOf(10) };
  const { asked: regular } = await watched(present, async () => []);
  const first = regular.findIndex((ids) => ids.length > 0);
  const id = regular[first]?.[0] ?? '';
  const { asked, revoked } = await watched(present, async (ids, step) => {
    if (step === first) throw new Error('the store is away');
    return ids.filter((other) => other === id);
  });
  expect(stepOf(asked.slice(first + 1), id)).toBe(0);
  expect(revoked).toEqual([id]);
});
