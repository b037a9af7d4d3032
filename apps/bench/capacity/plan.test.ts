import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { MEASURED } from './costs.ts';
import { ASSUMED, ratesOf } from './demand.ts';
import { planFor } from './plan.ts';
import { tableOf } from './table.ts';

const SIZES = [10_000, 100_000, 1_000_000, 10_000_000];
const plansFor = (sizes: readonly number[]) => sizes.map((online) => planFor({ ...ASSUMED, online }, MEASURED));

test('[L5] the table in docs/scale.md is what the command prints', async () => {
  const text = await readFile(new URL('../../../docs/scale.md', import.meta.url), 'utf8');
  expect(text).toContain(tableOf(plansFor(SIZES)));
});

test('[L5] what people do in an hour is spread over its seconds', () => {
  const demand = { ...ASSUMED, online: 3_600, messagesPerHour: 10, groupShare: 0.2, groupOnline: 5 };
  expect(ratesOf({ ...demand, reconnectsPerHour: 2, signInShare: 0.25 })).toEqual({
    direct: 8,
    groupMessages: 2,
    deliveries: 10,
    signIns: 0.5,
    resumes: 1.5,
  });
});

test('[L5] more people never need less of anything, and even a few have two of what must not be missing', () => {
  const plans = plansFor([1, 500, ...SIZES]);
  for (const key of ['gateways', 'logic', 'api', 'postgresServers', 'natsClusters', 'diskBytesPerDay'] as const) {
    const needed = plans.map((plan) => plan[key]);
    expect(needed).toEqual(needed.toSorted((one, other) => one - other));
  }
  expect(plans[0]).toMatchObject({ gateways: 2, logic: 2, api: 2, postgresServers: 1, natsClusters: 1 });
});
