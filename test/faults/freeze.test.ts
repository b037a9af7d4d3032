import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ServerProcess } from '../e2e/kit/server-process.ts';
import { FaultWorld } from './kit/fault-world.ts';
import { startLoad } from './kit/load.ts';

let world: FaultWorld;

beforeAll(async () => {
  world = await FaultWorld.create(await ServerProcess.create(), 2);
});
afterAll(() => world.dispose());

describe('a server that freezes', () => {
  test('[P1] [P2] [P4] is found out by every client, and loses nothing when it goes on', async () => {
    const load = startLoad(world.devices, world.random.fork(), 200);
    await world.sightings.moreAcknowledged(20);
    process.kill(world.server.pid, 'SIGSTOP');
    await world.sightings.until(() => world.isNobodyOnline);
    process.kill(world.server.pid, 'SIGCONT');
    await world.sightings.moreAcknowledged(20);
    load.stop();
    expect(await world.verdict()).toEqual([]);
  }, 180_000);
});
