import { describe, expect, it } from 'vitest';
import { SeededRandom } from '../random/seeded-random.ts';
import { VirtualClock } from '../time/virtual-clock.ts';
import { calm, type NetworkConditions } from './conditions.ts';
import { Link } from './link.ts';

function setUp(seed: number, conditions: Partial<NetworkConditions>) {
  const clock = new VirtualClock(0);
  const received = { client: [] as number[], server: [] as number[] };
  const lost: string[] = [];
  const end = (side: 'client' | 'server') => ({
    receive: (bytes: Uint8Array) => void received[side].push(...bytes),
    lost: () => void lost.push(side),
  });
  const network = { ...calm().network, ...conditions };
  const link = new Link(
    { clock, random: new SeededRandom(seed), conditions: () => network },
    end('client'),
    end('server'),
  );
  return { clock, link, received, lost };
}

const seeds = Array.from({ length: 50 }, (_, seed) => seed);

describe('Link', () => {
  it('[L2] keeps bytes in order and whole, however late and in whatever pieces', async () => {
    for (const seed of seeds) {
      const { clock, link, received } = setUp(seed, { spikeChance: 0.5, spikeMsMax: 500, splitChance: 0.7 });
      const sent = Array.from({ length: 60 }, (_, at) => at);
      for (let at = 0; at < 60; at += 6) link.send('client', Uint8Array.from(sent.slice(at, at + 6)));
      await clock.run(10_000);
      expect(received.server).toEqual(sent);
      expect(link.bufferedBytes('client')).toBe(0);
    }
  });

  it('[L2] loses the end of what was on its way when it is cut, and tells only whom it should', async () => {
    let inside = 0;
    for (const seed of seeds) {
      const { clock, link, received, lost } = setUp(seed, { splitChance: 1 });
      link.send('server', Uint8Array.from([1, 2, 3, 4]));
      clock.schedule(10, () => link.cut(['server']));
      await clock.run(10_000);
      expect(received.client).toEqual([1, 2, 3, 4].slice(0, received.client.length));
      if (received.client.length > 0 && received.client.length < 4) inside += 1;
      expect(lost).toEqual(['server']);
    }
    expect(inside).toBeGreaterThan(0);
  });

  it('[L2] delivers what was sent before a close, then the close', async () => {
    const { clock, link, received, lost } = setUp(1, {});
    link.send('server', Uint8Array.from([7]));
    link.close('server');
    await clock.run(10_000);
    expect(received.client).toEqual([7]);
    expect(lost).toEqual(['client']);
    expect(link.alive).toBe(false);
  });
});
