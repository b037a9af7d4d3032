import { join } from 'node:path';
import { ServerProcess } from '../../e2e/kit/server-process.ts';
import { FaultWorld } from './fault-world.ts';
import { runCampaign } from './run-campaign.ts';
import { faultsOf } from './server-faults.ts';
import { SmallDisk } from './small-disk.ts';

const DISK_MB = 512;

/** One server under every fault, on a disk that can be filled where there is one to be had. Answers the exit code. */
export async function serverCampaign(minutes: number, seed: number): Promise<number> {
  const disk = await SmallDisk.mount(DISK_MB).catch((error: Error) => {
    console.log(`the disk is not filled in this run: ${error.message}`);
    return undefined;
  });
  try {
    const world = await FaultWorld.create(await ServerProcess.create(disk && join(disk.directory, 'data')), seed);
    try {
      return await runCampaign(world, faultsOf(disk), minutes);
    } finally {
      await world.dispose();
    }
  } finally {
    await disk?.unmount();
  }
}
