import type { Conditions } from '../faults/conditions.ts';
import { calm } from '../faults/conditions.ts';
import type { SeededRandom } from '../random/seeded-random.ts';

/** What a seed decides before a run begins. */
export interface Plan {
  accounts: number;
  /** Accounts from the first on that have two devices. */
  accountsWithTwoDevices: number;
  actions: number;
  /** How many messages somebody writes at once, at most. */
  burstMax: number;
  /** How often a device is new: it is not there from the beginning. */
  lateChance: number;
  faultyMs: number;
  faults: number;
  pageEntriesMax: number;
  clockSkewMsMax: number;
  conditions: Conditions;
  diskWriteMsMax: number;
  diskFailChance: number;
}

/** A different kind of bad weather for every seed: some parts fail often, some not at all. */
export function planRun(random: SeededRandom): Plan {
  const often = (chances: readonly number[]) => random.pick(chances);
  const quiet = calm();
  return {
    accounts: random.between(2, 4),
    accountsWithTwoDevices: random.between(0, 2),
    actions: random.pick([30, 60, 120]),
    burstMax: random.pick([3, 12, 60]),
    lateChance: random.pick([0, 0.3, 0.6]),
    faultyMs: random.between(5_000, 30_000),
    faults: random.between(0, 14),
    pageEntriesMax: random.pick([3, 7, 200]),
    clockSkewMsMax: random.pick([0, 2_000, 3_600_000]),
    conditions: {
      network: {
        latencyMsMax: random.pick([5, 50, 300]),
        spikeChance: often([0, 0, 0.05, 0.2]),
        spikeMsMax: 3_000,
        splitChance: often([0, 0.1, 0.5]),
        refuseChance: often([0, 0, 0.3]),
      },
      bus: {
        dropChance: often([0, 0, 0.1, 0.5]),
        duplicateChance: often([0, 0, 0.1, 0.3]),
        delayChance: often([0, 0, 0.2, 0.5]),
        delayMsMax: 800,
      },
      store: {
        ...quiet.store,
        commitMsMax: random.pick([3, 20, 100]),
        readMsMax: random.pick([1, 10]),
        failChance: often([0, 0, 0.03, 0.15]),
        inDoubtChance: often([0, 0, 0.03, 0.15]),
        stallChance: often([0, 0, 0.02]),
        stallMsMax: 4_000,
      },
    },
    diskWriteMsMax: random.pick([2, 20, 200]),
    diskFailChance: often([0, 0, 0.05]),
  };
}
