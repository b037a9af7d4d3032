import { describe, expect, it } from 'vitest';
import { ignoreGaps } from '../bugs/engine-bugs.ts';
import { drawPlan } from '../plan/draw.ts';
import { keepOnly, partsOf } from '../plan/plan.ts';
import { simulate, simulatePlan } from '../system/simulate.ts';
import { shrink } from './shrink.ts';

const sabotage = { engine: ignoreGaps };

async function firstFailingSeed(): Promise<number> {
  for (let seed = 1; seed <= 20; seed++) {
    const { violations } = await simulate(seed, { sabotage });
    if (violations[0]?.promise === 'P3') return seed;
  }
  throw new Error('no seed shows the bug');
}

describe('shrink', () => {
  it('[L2] leaves little of a failing run, which breaks the same promise, the same way each time', async () => {
    const seed = await firstFailingSeed();
    const shrunk = await shrink(drawPlan(seed), { sabotage });
    expect(shrunk?.result.violations[0]?.promise).toBe('P3');
    expect(shrunk?.parts.length).toBeLessThanOrEqual((shrunk?.partsBefore ?? 0) / 5);
    const kept = new Set(shrunk?.kept);
    const replayed = await simulatePlan(keepOnly(drawPlan(seed), kept), { sabotage });
    expect(replayed.traceHash).toBe(shrunk?.result.traceHash);
    expect(partsOf(keepOnly(drawPlan(seed), kept))).toEqual(shrunk?.parts);
    expect((await shrink(drawPlan(seed), { sabotage }))?.kept).toEqual(shrunk?.kept);
  });

  it('[L2] has nothing to say of a run that keeps every promise', async () => {
    expect(await shrink(drawPlan(1))).toBeUndefined();
  });
});
