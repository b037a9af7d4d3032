import { describe, expect, test } from 'vitest';
import { simulateSiteLoss } from './simulate-site-loss.ts';
import { LOST_SITE, type SiteLossOptions } from './world.ts';

const OPTIONS: SiteLossOptions = { clients: 20_000, seed: 1, policy: 'weighted', backoff: 'engine' };

describe('a site is lost', () => {
  const report = simulateSiteLoss(OPTIONS);

  test('[L3] everybody comes back, and no other site falls or has more than it takes', () => {
    expect(report.excesses).toEqual([]);
    expect(report.lost).toBe(4_000);
    expect(report.stillAway).toBe(0);
  });

  test('[L3] its people spread over all the others, and the emptiest of them takes most', () => {
    const others = report.sites.filter(({ site }) => site !== LOST_SITE);
    const taken = others.map(({ before, after }) => after - before);
    expect(Math.min(...taken)).toBeGreaterThan(400);
    expect(taken).toEqual([...taken].sort((one, other) => one - other));
    for (const { peak, connectionsMax } of others) expect(peak).toBeLessThanOrEqual(connectionsMax);
  });

  test('[L3] most are told once when to come, and few are turned away by a gateway', () => {
    expect(report.queuedP50).toBe(1);
    expect(report.refusedP50).toBe(0);
  });

  test('[L3, LOD-3] the other gateways never have anybody wait for long', () => {
    expect(Math.max(...report.sites.map(({ waitMaxMs }) => waitMaxMs))).toBeLessThan(1_000);
  });

  test('[L3] one seed gives the same run twice, another one another', () => {
    expect(simulateSiteLoss(OPTIONS)).toEqual(report);
    expect(simulateSiteLoss({ ...OPTIONS, seed: 2 }).traceHash).not.toBe(report.traceHash);
  });
});

test.each([2, 3, 4])('[L3] seed %i keeps all limits too', (seed) => {
  expect(simulateSiteLoss({ ...OPTIONS, seed }).excesses).toEqual([]);
});

describe('what is seen', () => {
  test('[L3] a policy that sends everybody to the emptiest takes every site down', () => {
    const { excesses, sites } = simulateSiteLoss({ ...OPTIONS, policy: 'emptiest' });
    expect(sites.map(({ gatewaysFallen }) => gatewaysFallen)).toEqual([8, 8, 8, 8, 8]);
    expect(excesses.map(({ message }) => message)).toContainEqual(expect.stringContaining('gateway e0 fell'));
  });

  test('[L3] clients that come back without a pause take the allocators down', () => {
    const { excesses, stillAway } = simulateSiteLoss({ ...OPTIONS, backoff: 'none' });
    expect(excesses.map(({ message }) => message)).toContainEqual(expect.stringContaining('allocator b0 fell'));
    expect(stillAway).toBeGreaterThan(0);
  });
});
