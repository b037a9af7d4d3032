import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ErrorCode } from '@hongyan/protocol';
import { describe, expect, type TestContext, test } from 'vitest';
import { ServerProcess } from '../e2e/kit/server-process.ts';
import { FaultWorld } from './kit/fault-world.ts';
import { startLoad } from './kit/load.ts';
import { limitFileSize, SmallDisk } from './kit/small-disk.ts';

const DISK_MB = 24;
const REFUSALS = 4;

/** Runs the system under load into a disk that takes nothing more, and out again. */
async function fillAndMakeRoom(world: FaultWorld, fill: () => Promise<void>, makeRoom: () => Promise<void>) {
  const load = startLoad(world.devices, world.random.fork(), 100);
  await world.sightings.moreAcknowledged(15);
  const refused = world.sightings.moreRefused(REFUSALS, ErrorCode.UNAVAILABLE);
  await fill();
  await refused;
  // It still answers, and gives out everything it ever acknowledged.
  expect((await fetch(`${world.server.url}/healthz`)).ok).toBe(true);
  await world.audit();
  await makeRoom();
  world.hurry();
  await world.sightings.moreAcknowledged(15);
  load.stop();
  expect(await world.verdict()).toEqual([]);
}

/** Where a disk cannot be filled, whoever runs the tests is told so; where everything has to be run, that is a failure. */
function cannotRun({ skip }: TestContext, error: Error): never {
  if (process.env.CI === 'true') throw error;
  console.warn(`NOT TESTED: ${error.message}`);
  return skip(error.message);
}

describe('a disk that takes nothing more', () => {
  test('[P1] [P2] [P8] because it is full: sending is refused as unavailable, even a kill loses nothing acknowledged', async (context) => {
    const disk = await SmallDisk.mount(DISK_MB).catch((error: Error) => cannotRun(context, error));
    try {
      const world = await FaultWorld.create(await ServerProcess.create(join(disk.directory, 'data')), 4);
      try {
        await fillAndMakeRoom(
          world,
          () => disk.fill(),
          async () => {
            await world.crashServer();
            await disk.makeRoom();
          },
        );
      } finally {
        await world.dispose();
      }
    } finally {
      await disk.unmount();
    }
  });

  test('[P1] [P2] [P8] because writing fails: sending is refused as unavailable, and goes on when it works again', async () => {
    const world = await FaultWorld.create(await ServerProcess.create(), 6);
    try {
      const { pid, directory } = world.server;
      await fillAndMakeRoom(
        world,
        async () => limitFileSize(pid, (await stat(join(directory, 'hongyan.db-wal'))).size),
        () => limitFileSize(pid, undefined),
      );
      expect(world.server.pid).toBe(pid);
    } finally {
      await world.dispose();
    }
  });
});
