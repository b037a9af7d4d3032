import { describe, expect, it } from 'vitest';
import { drawPlan } from './draw.ts';
import { attackKinds, keepOnly, partsOf } from './plan.ts';

const plans = Array.from({ length: 400 }, (_, seed) => drawPlan(seed + 1));

describe('drawPlan', () => {
  it('[L2] draws every kind of fault in some seeds, and in most seeds not', () => {
    const kinds = [
      ...['crash-device', 'lose-network', 'switch-network', 'sleep', 'move-clock', 'cut', 'half-open', 'expire-token'],
      ...['crash-server', 'restart-server', 'pause-server', 'cut-all', 'attack'],
      ...['slow-network', 'network-spikes', 'split-writes', 'refused-connections', 'thin-network'],
      ...['bus-drops', 'bus-doubles', 'bus-reorders', 'slow-disks', 'disks-fail', 'disks-forget'],
      ...['slow-store', 'store-fails', 'store-in-doubt', 'store-stalls'],
    ];
    for (const kind of kinds) {
      const having = plans.filter((plan) => partsOf(plan).some((part) => part.kind === kind)).length;
      expect({ kind, isSometimes: having > 10, isSeldom: having < plans.length * 0.6 }).toEqual({
        kind,
        isSometimes: true,
        isSeldom: true,
      });
    }
    const attacks = plans.flatMap(({ steps }) =>
      steps.flatMap((step) => (step.kind === 'attack' ? [step.attack] : [])),
    );
    expect(new Set(attacks)).toEqual(new Set(attackKinds));
  });

  it('[L2] is the same for the same seed, and leaving a part out leaves the others as they are', () => {
    for (const plan of plans.slice(0, 20)) {
      expect(drawPlan(plan.seed)).toEqual(plan);
      const parts = partsOf(plan);
      const kept = new Set(parts.map((_, place) => place).filter((place) => place % 3 !== 0));
      expect(partsOf(keepOnly(plan, kept))).toEqual(parts.filter((_, place) => kept.has(place)));
    }
  });
});
