import { startLoad } from '../../faults/kit/load.ts';
import { ClusterWorld } from './cluster-world.ts';
import { pauseTable } from './table.ts';

/** Between two messages of one device, at most. */
const LOAD_PAUSE_MS_MAX = 200;

/**
 * A cluster where everybody talks while `task` goes on. Then people fall silent, and everything has to become as
 * promised: answers what did not. What people noticed of the task's faults is printed, and when it failed what the nodes
 * said.
 */
export async function underLoad(seed: number, task: (world: ClusterWorld) => Promise<void>): Promise<string[]> {
  const world = await ClusterWorld.create(seed);
  const load = startLoad(world.devices, world.random.fork(), LOAD_PAUSE_MS_MAX);
  try {
    await task(world);
    load.stop();
    return await world.verdict();
  } catch (error) {
    console.log(world.cluster.output);
    throw error;
  } finally {
    load.stop();
    console.log(pauseTable(world.measured));
    await world.dispose();
  }
}
