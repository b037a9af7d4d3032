import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Load, startLoad } from '../faults/kit/load.ts';
import { ClusterWorld } from './kit/cluster-world.ts';
import { faults, restart } from './kit/faults.ts';
import { pauseTable } from './kit/table.ts';

/** Between two messages of one device, at most. */
const LOAD_PAUSE_MS_MAX = 150;
const TIMEOUT_MS = 300_000;

let world: ClusterWorld;
let load: Load;

beforeAll(async () => {
  world = await ClusterWorld.create(11);
}, TIMEOUT_MS);
afterAll(async () => {
  console.log(pauseTable(world?.measured ?? []));
  await world?.dispose();
}, TIMEOUT_MS);

beforeEach(() => {
  load = startLoad(world.devices, world.random.fork(), LOAD_PAUSE_MS_MAX);
});
afterEach(({ task }) => {
  load.stop();
  if (task.result?.state === 'fail') console.log(world.cluster.output);
});

describe('a cluster under load', () => {
  test(
    '[L1] [SES-10] a node with logic that is stopped in order drops no connection, and every send is answered',
    async () => {
      await world.everybodySpeaks();
      const { connectionsOver, refused } = world.sightings;
      const node = world.random.pick(world.cluster.logicNodes);
      await world.suffer(['a node with logic is stopped in order', () => restart(node)]);
      expect(world.sightings).toMatchObject({ connectionsOver, refused });
    },
    TIMEOUT_MS,
  );

  test(
    '[L2] [P1] [P2] [P3] [P4] [P5] bears one fault after another: people notice a pause at most, nothing promised breaks',
    async () => {
      for (const fault of faults) await world.suffer(fault);
      load.stop();
      expect(await world.verdict()).toEqual([]);
    },
    TIMEOUT_MS,
  );
});
