import { type FaultyProxy, line, perfectLine } from '@hongyan/testkit/proxy';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ServerProcess } from '../e2e/kit/server-process.ts';
import { FaultWorld } from './kit/fault-world.ts';
import { startLoad } from './kit/load.ts';
import { Victims } from './kit/victims.ts';

const GARBLINGS = 100;

let world: FaultWorld;

beforeAll(async () => {
  world = await FaultWorld.create(await ServerProcess.create(), 3);
});
afterAll(() => world.dispose());

const bad = line('open', { delayMs: 20, jitterMs: 80, lossChance: 0.02, bitsPerSecond: 2_000_000 });

const faults: ((proxy: FaultyProxy) => void)[] = [
  (proxy) => proxy.cut(),
  (proxy) => proxy.cutInNext('up'),
  (proxy) => proxy.cutInNext('down'),
  (proxy) => proxy.cut(['client']),
  (proxy) => proxy.cutInNext('up'),
  (proxy) => proxy.cutInNext('down'),
];

describe('connections through a faulty proxy', () => {
  test('[P1] [P2] [P3] [P4] [P5] are cut at any moment and in the middle of a frame, and nothing is lost', async () => {
    const proxies = Object.values(world.proxies);
    const load = startLoad(world.devices, world.random.fork(), 60);
    for (const proxy of proxies) proxy.conditions = bad;
    for (const fault of faults) {
      await world.sightings.moreAcknowledged(30);
      proxies.forEach(fault);
    }
    await world.sightings.moreAcknowledged(30);
    load.stop();
    for (const proxy of proxies) proxy.conditions = perfectLine;
    expect(await world.verdict()).toEqual([]);
  });

  test('[P9] whose bytes are garbled harm nobody else, and are well again when they start over', async () => {
    const { pid } = world.server;
    const victims = await Victims.enter(world.server, world.random.fork());
    try {
      const load = startLoad(world.devices, world.random.fork(), 60);
      for (let garbling = 0; garbling < GARBLINGS; garbling++) {
        victims.suffer(world.random.pick(['up', 'down']));
        await world.sightings.moreAcknowledged(1);
      }
      load.stop();
      await victims.startOver();
      expect(await world.verdict()).toEqual([]);
      expect(world.server.pid).toBe(pid);
    } finally {
      await victims.dispose();
    }
  });
});
