import { expect, test } from 'vitest';
import { freezes, kills, restart, restarts } from './kit/faults.ts';
import { underLoad } from './kit/under-load.ts';

/** Far longer than it takes on a busy machine. */
const TIMEOUT_MS = 300_000;

// Each on a cluster of its own, side by side: most of the time is waiting.

test.concurrent(
  '[L2] [P1] [P2] [P3] [P4] [P5] a cluster whose parts are killed breaks no promise, and people notice a pause at most',
  async () => {
    const complaints = await underLoad(12, async (world) => {
      for (const fault of kills) await world.suffer(fault);
    });
    expect(complaints).toEqual([]);
  },
  TIMEOUT_MS,
);

test.concurrent(
  '[L1] [L2] [SES-10] [P1] [P2] [P3] [P4] [P5] no connection is lost with a logic node; nobody notes more than a pause',
  async () => {
    const complaints = await underLoad(11, async (world) => {
      await world.everybodySpeaks();
      const { connectionsOver, refused } = world.sightings;
      const node = world.random.pick(world.cluster.logicNodes);
      await world.suffer(['a node with logic is stopped in order', () => restart(node)]);
      expect(world.sightings).toMatchObject({ connectionsOver, refused });
      for (const fault of [...freezes, ...restarts]) await world.suffer(fault);
    });
    expect(complaints).toEqual([]);
  },
  TIMEOUT_MS,
);
