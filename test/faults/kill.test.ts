import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ServerProcess } from '../e2e/kit/server-process.ts';
import { FaultWorld } from './kit/fault-world.ts';
import { startLoad } from './kit/load.ts';

const KILLS = 3;

let world: FaultWorld;

beforeAll(async () => {
  world = await FaultWorld.create(await ServerProcess.create(), 1);
});
afterAll(() => world.dispose());

describe('a server that is killed under load', () => {
  test('[P1] [P2] [P3] [P4] [P5] keeps every promise through kill -9, again and again', async () => {
    const load = startLoad(world.devices, world.random.fork(), 60);
    for (let kill = 0; kill < KILLS; kill++) {
      await world.sightings.moreAcknowledged(world.random.between(10, 40));
      await world.crashServer();
      world.hurry();
    }
    await world.sightings.moreAcknowledged(20);
    load.stop();
    expect(await world.verdict()).toEqual([]);
  });
});
