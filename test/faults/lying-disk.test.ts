import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ServerProcess } from '../e2e/kit/server-process.ts';
import { FaultWorld } from './kit/fault-world.ts';
import { startLoad } from './kit/load.ts';

const DATABASE = 'hongyan.db';
const LOG = 'hongyan.db-wal';
const SHARED_MEMORY = 'hongyan.db-shm';

test('[P1] the judge sees that a real server came back without what it had acknowledged', async () => {
  const world = await FaultWorld.create(await ServerProcess.create(), 8);
  const { directory } = world.server;
  const kept = join(directory, 'kept');
  try {
    const load = startLoad(world.devices, world.random.fork(), 60);
    await world.sightings.moreAcknowledged(10);
    for (const file of [DATABASE, LOG]) await cp(join(directory, file), join(kept, file));
    await world.sightings.moreAcknowledged(10);
    await world.crashServer(async () => {
      // As a disk does that said "written" and had it in its cache.
      for (const file of [DATABASE, LOG]) await cp(join(kept, file), join(directory, file));
      await rm(join(directory, SHARED_MEMORY), { force: true });
    });
    load.stop();
    expect(world.judge.violations.map(({ promise }) => promise)).toContain('P1');
  } finally {
    await world.dispose();
  }
});
