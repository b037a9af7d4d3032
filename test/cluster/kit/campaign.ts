import type { Fault } from '../../faults/kit/fault.ts';
import { runCampaign } from '../../faults/kit/run-campaign.ts';
import { ClusterWorld } from './cluster-world.ts';
import { freezes, kills, longFreezes, restarts } from './faults.ts';
import { pauseTable, worstOf } from './table.ts';

const faults = [...kills, ...freezes, ...longFreezes, ...restarts];

const measured = (fault: Fault<ClusterWorld>): Fault<ClusterWorld> => [fault[0], (world) => world.suffer(fault)];

/** A cluster under every fault. Answers the exit code. */
export async function clusterCampaign(minutes: number, seed: number): Promise<number> {
  const world = await ClusterWorld.create(seed);
  try {
    const exitCode = await runCampaign(world, faults.map(measured), minutes);
    console.log(pauseTable(worstOf(world.measured)));
    if (exitCode !== 0) console.log(world.cluster.output);
    return exitCode;
  } finally {
    await world.dispose();
  }
}
