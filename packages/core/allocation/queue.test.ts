import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Allocator } from './allocator.ts';
import { calmNode, hearing, randomOf, sent } from './testing/cluster.ts';

interface Storm {
  clients: number;
  /** Who come one by one while the others wait. */
  latecomers: number;
  perSecond: number;
  allocators: number;
  seed: number;
}

interface Client {
  waitingSinceMs: number | undefined;
  enteredAtMs: number | undefined;
  asked: number;
  places: number[];
}

/** Everybody obeys; each asks any of the allocators each time. Nodes announce once a second. */
function weather({ clients, latecomers, perSecond, allocators, seed }: Storm): Client[] {
  const random = randomOf(seed);
  const all = Array.from({ length: allocators }, () => new Allocator({ site: undefined }));
  const [due, people]: [Map<number, Client[]>, Client[]] = [new Map(), []];
  const come = (client: Client, atMs: number) => due.set(atMs, [...(due.get(atMs) ?? []), client]);
  for (let n = 0; n < clients + latecomers; n++) {
    const client: Client = { waitingSinceMs: undefined, enteredAtMs: undefined, asked: 0, places: [] };
    people.push(client);
    come(client, Math.floor(n < clients ? random() * 1_000 : 1_000 + (n - clients) * 37));
  }
  let connections = 0;
  for (let nowMs = 0; due.size > 0 && nowMs < 3_600_000; nowMs++) {
    if (nowMs % 1_000 === 0) {
      for (const allocator of all) {
        allocator.sharedBy(allocators);
        for (const nodeId of ['n', 'm']) {
          const load = { connections, connectionsMax: 100_000, handshakesPerSecond: perSecond };
          allocator.hear(calmNode(nodeId, load), 0, nowMs);
        }
      }
    }
    for (const client of due.get(nowMs) ?? []) {
      client.asked += 1;
      const answer = all[Math.floor(random() * allocators)]?.allocate(client, nowMs, random);
      if (answer?.kind === 'queued') {
        client.waitingSinceMs = answer.waitingSinceMs;
        client.places.push(answer.place);
        come(client, nowMs + answer.retryAfterMs);
      } else {
        connections += 1;
        client.enteredAtMs = nowMs;
      }
    }
    due.delete(nowMs);
  }
  return people;
}

const storms = fc.record({
  clients: fc.integer({ min: 1, max: 4_000 }),
  latecomers: fc.integer({ min: 0, max: 300 }),
  perSecond: fc.integer({ min: 20, max: 1_000 }),
  allocators: fc.constantFrom(1, 1, 2, 4),
  seed: fc.nat(),
});

test('[A6, LOD-3] whoever obeys gets in, in the time the rate allows', () => {
  fc.assert(
    fc.property(storms, (storm) => {
      const people = weather(storm);
      const entered = people.map(({ enteredAtMs }) => enteredAtMs ?? Number.POSITIVE_INFINITY);
      const fairMs = (people.length / (2 * storm.perSecond)) * 1_000;
      expect(Math.max(...entered)).toBeLessThan(1.6 * fairMs + 37 * storm.latecomers + 15_000);
    }),
    { numRuns: 40 },
  );
});

test('[A6] who came first gets in first, and sees the place go down', () => {
  fc.assert(
    fc.property(storms, (storm) => {
      const rate = { perSecond: 100 + storm.perSecond, allocators: 1 };
      const waiting = weather({ ...storm, ...rate }).filter(({ waitingSinceMs }) => waitingSinceMs !== undefined);
      const byPlace = waiting.sort((one, other) => (one.waitingSinceMs ?? 0) - (other.waitingSinceMs ?? 0));
      let latestMs = 0;
      for (const { enteredAtMs = 0, places } of byPlace) {
        expect(places).toEqual([...places].sort((one, other) => other - one));
        // The jitter of return times.
        expect(enteredAtMs).toBeGreaterThan(latestMs - 500);
        latestMs = Math.max(latestMs, enteredAtMs);
      }
    }),
    { numRuns: 40 },
  );
});

test('[A6] allocators that know nothing of each other keep about the same order', () => {
  const people = weather({ clients: 4_000, latecomers: 200, perSecond: 100, allocators: 4, seed: 1 });
  const waited = people.filter(({ waitingSinceMs }) => waitingSinceMs !== undefined);
  const inOrder = waited.sort((one, other) => (one.waitingSinceMs ?? 0) - (other.waitingSinceMs ?? 0));
  const late = inOrder.map(({ enteredAtMs = 0 }, index) => {
    const before = inOrder.slice(0, index).reduce((latest, each) => Math.max(latest, each.enteredAtMs ?? 0), 0);
    return Math.max(0, before - enteredAtMs);
  });
  expect(Math.max(...late)).toBeLessThan(8_000);
});

test('[A6] when all nodes are full the places stay as they are, and go on when there is room again', () => {
  const allocator = hearing([calmNode('n', { connections: 1_000 })]);
  const random = randomOf(1);
  const answers = [1, 2, 3].map(() => allocator.allocate({ waitingSinceMs: undefined }, 0, random));
  expect(answers.map((answer) => answer.kind === 'queued' && answer.place)).toEqual([1, 2, 3]);
  for (const answer of answers) {
    if (answer.kind === 'queued') expect(answer.retryAfterMs).toBeGreaterThanOrEqual(10_000);
  }
  const last = answers.at(-1);
  const waitingSinceMs = last?.kind === 'queued' ? last.waitingSinceMs : undefined;
  allocator.hear(calmNode('n', { connections: 1_000 }), 0, 20_000);
  expect(allocator.allocate({ waitingSinceMs }, 20_000, random)).toMatchObject({ kind: 'queued', place: 3 });
  allocator.hear(calmNode('n', { connections: 998 }), 0, 30_000);
  expect(allocator.allocate({ waitingSinceMs }, 30_000, random)).toMatchObject({ kind: 'queued', place: 3 });
  expect(allocator.allocate({ waitingSinceMs }, 31_000, random)).toMatchObject({ kind: 'allocated' });
});

test('[A6] while people wait, others get only what they leave', () => {
  const allocator = hearing([calmNode('n', { handshakesPerSecond: 100, connectionsMax: 10_000 })]);
  const random = randomOf(1);
  expect(sent(allocator, 100, random).get('n')).toBe(10);
  // Enough for one who was called, not for who just came.
  expect(sent(allocator, 1, random, 15).get('n')).toBeUndefined();
  expect(allocator.allocate({ waitingSinceMs: -1 }, 15, random).kind).toBe('allocated');
  // Nobody took it for so long that those in the line cannot be waiting for it.
  expect(sent(allocator, 1, random, 200).get('n')).toBe(1);
});

test('[A6, LOD-3] the line is bounded: who finds no place in it comes again without one', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 300 }), fc.nat(500), fc.nat(), (placesMax, askers, seed) => {
      const allocator = hearing([calmNode('n', { handshakesPerSecond: 1 })], { site: undefined, placesMax });
      const random = randomOf(seed);
      sent(allocator, 2, random);
      sent(allocator, askers, random);
      expect(allocator.waiting).toBe(Math.min(placesMax, askers));
      if (askers < placesMax) return;
      const answer = allocator.allocate({ waitingSinceMs: undefined }, 0, random);
      expect(answer).toMatchObject({ kind: 'queued', place: placesMax + 1, waitingSinceMs: undefined });
      expect(answer.kind === 'queued' && answer.retryAfterMs).toBeGreaterThanOrEqual(30_000);
    }),
  );
});

test('[A6, LOD-3] nobody is sent away for no time or for more than a minute, whatever they say', () => {
  const asks = fc.array(fc.tuple(fc.nat(5_000), fc.option(fc.integer(), { nil: undefined })), { maxLength: 200 });
  fc.assert(
    fc.property(asks, fc.nat(20), fc.nat(), (all, perSecond, seed) => {
      const random = randomOf(seed);
      const allocator = new Allocator({ site: undefined });
      let nowMs = 0;
      for (const [afterMs, waitingSinceMs] of all) {
        nowMs += afterMs;
        allocator.hear(calmNode('n', { handshakesPerSecond: perSecond }), 0, nowMs);
        const answer = allocator.allocate({ waitingSinceMs }, nowMs, random);
        if (answer.kind === 'allocated') continue;
        expect(answer.place).toBeGreaterThanOrEqual(1);
        expect(answer.retryAfterMs).toBeGreaterThanOrEqual(1);
        expect(answer.retryAfterMs).toBeLessThanOrEqual(60_000);
      }
    }),
  );
});
