import { Allocator, type AllocatorOptions } from '../allocator.ts';
import type { NodeAnnouncement } from '../announcement.ts';

/** A small generator of numbers in [0, 1) that a seed repeats. */
export function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

export const calmNode = (nodeId: string, but: Partial<NodeAnnouncement> = {}): NodeAnnouncement => ({
  nodeId,
  site: 'a',
  connections: 0,
  connectionsMax: 1_000,
  handshakesPerSecond: 1_000,
  loadLevel: 0,
  isDraining: false,
  ...but,
});

/** An allocator that has just heard these nodes. */
export function hearing(
  nodes: readonly NodeAnnouncement[],
  options: AllocatorOptions = { site: undefined },
): Allocator {
  const allocator = new Allocator(options);
  for (const node of nodes) allocator.hear(node, 0, 0);
  return allocator;
}

/** Asks for `count` people at one moment and answers how many were sent to each node first. */
export function sent(allocator: Allocator, count: number, random: () => number, nowMs = 0): Map<string, number> {
  const counts = new Map<string, number>();
  for (let n = 0; n < count; n++) {
    const answer = allocator.allocate({ waitingSinceMs: undefined }, nowMs, random);
    if (answer.kind === 'queued') continue;
    const [first = ''] = answer.gateways;
    counts.set(first, (counts.get(first) ?? 0) + 1);
  }
  return counts;
}
