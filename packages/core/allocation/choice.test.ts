import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Allocator } from './allocator.ts';
import type { NodeAnnouncement } from './announcement.ts';
import { calmNode, hearing, randomOf, sent } from './testing/cluster.ts';

const node = fc.record({
  connections: fc.nat(1_200),
  connectionsMax: fc.nat(1_000),
  handshakesPerSecond: fc.nat(2_000),
  loadLevel: fc.nat(6),
  isDraining: fc.boolean(),
  site: fc.constantFrom('a', 'b', 'c'),
});
const nodes = fc
  .array(node, { maxLength: 12 })
  .map((all) => all.map((each, index): NodeAnnouncement => ({ ...each, nodeId: `n${index}` })));
const seed = fc.nat();

test('[A6] draining, full, heavily shedding and silent nodes get nobody', () => {
  const ages = fc.array(fc.nat(6_000), { minLength: 12, maxLength: 12 });
  fc.assert(
    fc.property(nodes, ages, seed, (all, agesMs, start) => {
      const allocator = new Allocator({ site: 'a' });
      for (const [index, each] of all.entries()) allocator.hear(each, agesMs[index] ?? 0, 0);
      const usable = all.filter(
        (each, index) =>
          !each.isDraining &&
          each.connections < each.connectionsMax &&
          each.loadLevel < 4 &&
          (agesMs[index] ?? 0) < 3_000,
      );
      const random = randomOf(start);
      for (let n = 0; n < 50; n++) {
        const answer = allocator.allocate({ waitingSinceMs: undefined }, 0, random);
        if (answer.kind === 'queued') continue;
        expect(usable.map(({ nodeId }) => nodeId)).toEqual(expect.arrayContaining([...answer.gateways]));
        expect(answer.gateways.length).toBe(Math.min(3, new Set(answer.gateways).size));
      }
    }),
  );
});

test('[A6] no node is sent more than it has room for, however many ask before it announces again', () => {
  fc.assert(
    fc.property(nodes, seed, (all, start) => {
      const counts = sent(hearing(all), 5_000, randomOf(start));
      for (const { nodeId, connections, connectionsMax } of all) {
        expect(counts.get(nodeId) ?? 0).toBeLessThanOrEqual(Math.max(0, connectionsMax - connections));
      }
    }),
  );
});

test('[A6] the emptier of two nodes gets more, and the fuller one its part all the same', () => {
  const loads = fc.tuple(fc.integer({ min: 0, max: 600 }), fc.integer({ min: 700, max: 900 }));
  fc.assert(
    fc.property(loads, seed, ([emptier, fuller], start) => {
      const limits = { connectionsMax: 100_000, handshakesPerSecond: 1_000_000 };
      const all = [
        calmNode('emptier', { ...limits, connections: emptier * 100 }),
        calmNode('fuller', { ...limits, connections: fuller * 100 }),
      ];
      const counts = sent(hearing(all), 4_000, randomOf(start));
      const share = (counts.get('emptier') ?? 0) / 4_000;
      const fair = (1_000 - emptier) / (2_000 - emptier - fuller);
      expect(Math.abs(share - fair)).toBeLessThan(0.06);
    }),
  );
});

test('[L3] thousands who ask by the same announcements leave all nodes about equally full', () => {
  const all = [0, 200, 400, 600, 800].map((connections) =>
    calmNode(`n${connections}`, { connections, handshakesPerSecond: 100_000 }),
  );
  const counts = sent(hearing(all), 2_500, randomOf(1));
  for (const { nodeId, connections } of all) {
    expect(connections + (counts.get(nodeId) ?? 0)).toBeGreaterThan(850);
    expect(connections + (counts.get(nodeId) ?? 0)).toBeLessThanOrEqual(1_000);
  }
});

test('[A6] a node that sheds a little gets less', () => {
  const all = ['calm', 'shedding'].map((nodeId) =>
    calmNode(nodeId, { loadLevel: nodeId === 'calm' ? 0 : 2, handshakesPerSecond: 10_000 }),
  );
  const counts = sent(hearing(all), 300, randomOf(7));
  expect(counts.get('shedding') ?? 0).toBeLessThan(0.75 * (counts.get('calm') ?? 0));
  expect(counts.get('shedding') ?? 0).toBeGreaterThan(0);
});

test('[A6] the own site is preferred while it has room, and no longer', () => {
  const sizes = fc.record({ own: fc.integer({ min: 1, max: 5 }), elsewhere: fc.integer({ min: 1, max: 5 }) });
  fc.assert(
    fc.property(sizes, fc.nat(850), seed, ({ own, elsewhere }, connections, start) => {
      const node = (nodeId: string, site: string, load: number) =>
        calmNode(nodeId, { site, connections: load, handshakesPerSecond: 1_000_000 });
      const all = [
        ...Array.from({ length: own }, (_, index) => node(`near${index}`, 'a', connections)),
        ...Array.from({ length: elsewhere }, (_, index) => node(`far${index}`, 'b', 0)),
      ];
      const allocator = hearing(all, { site: 'a' });
      const random = randomOf(start);
      const room = own * (900 - connections);
      expect([...sent(allocator, room, random).keys()].filter((nodeId) => nodeId.startsWith('far'))).toEqual([]);
      const later = [...sent(allocator, 200, random).entries()].filter(([nodeId]) => nodeId.startsWith('far'));
      expect(later.reduce((sum, [, count]) => sum + count, 0)).toBeGreaterThan(80);
    }),
    { numRuns: 40 },
  );
});

test('[L3] the last of three stands at another site, for when the whole site is gone', () => {
  const all = ['a1', 'a2', 'a3', 'b1'].map((nodeId) => calmNode(nodeId, { site: nodeId.slice(0, 1) }));
  const answer = hearing(all, { site: 'a' }).allocate({ waitingSinceMs: undefined }, 0, randomOf(5));
  expect(answer).toMatchObject({
    kind: 'allocated',
    gateways: [/^a/, /^a/, 'b1'].map((id) => expect.stringMatching(id)),
  });
});

test('[L3] what an allocator gives to a node in any second stays within its part of the rate', () => {
  const steps = fc.array(fc.record({ afterMs: fc.nat(400), askers: fc.nat(300) }), { minLength: 1, maxLength: 60 });
  const rates = fc.record({
    perSecond: fc.integer({ min: 1, max: 2_000 }),
    allocators: fc.integer({ min: 1, max: 8 }),
  });
  fc.assert(
    fc.property(steps, rates, seed, (run, { perSecond, allocators }, start) => {
      const allocator = new Allocator({ site: undefined });
      allocator.sharedBy(allocators);
      const random = randomOf(start);
      const given: number[] = [];
      let nowMs = 0;
      for (const { afterMs, askers } of run) {
        nowMs += afterMs;
        allocator.hear(calmNode('n', { handshakesPerSecond: perSecond, connectionsMax: 1_000_000 }), 0, nowMs);
        const count = sent(allocator, askers, random, nowMs).get('n') ?? 0;
        for (let n = 0; n < count; n++) given.push(nowMs);
      }
      const share = perSecond / allocators;
      for (const [index, fromMs] of given.entries()) {
        const second = given.slice(index).findIndex((atMs) => atMs >= fromMs + 1_000);
        const count = second === -1 ? given.length - index : second;
        expect(count).toBeLessThanOrEqual(Math.max(share, 2 + 0.9 * share) + 1e-6);
      }
    }),
  );
});

test('[A6] an announcement that cannot be, or comes late, changes nothing', () => {
  const allocator = hearing([calmNode('n', { connections: 999 })]);
  allocator.hear(calmNode('n', { connections: Number.NaN }), 0, 100);
  allocator.hear(calmNode('n', { connections: 0 }), 2_000, 100);
  expect(sent(allocator, 10, randomOf(1), 100).get('n')).toBe(1);
});

test('[A6] nodes that are gone are forgotten, and never more are kept than a stated number', () => {
  const allocator = new Allocator({ site: undefined });
  for (let n = 0; n < 20_001; n++) allocator.hear(calmNode(`n${n}`), 0, n);
  expect(allocator.nodeCount).toBe(10_000);
  allocator.hear(calmNode('last'), 0, 200_000);
  expect(allocator.nodeCount).toBe(1);
});
