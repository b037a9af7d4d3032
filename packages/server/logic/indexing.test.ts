import { StoreError } from '@hongyan/core';
import { expect, test } from 'vitest';
import { createMemoryStore } from '../adapters/store/memory/index.ts';
import { settle } from '../testing/gateway-world.ts';
import { ManualClock } from '../testing/manual-clock.ts';
import { Indexing } from './indexing.ts';

const logger = { debug() {}, info() {}, warn() {}, error() {} };

/** A store whose steps of indexing take time, pass as many entries as is said, and fail where it is nothing. */
function slow(clock: ManualClock, stepMs: number, passed: (number | undefined)[]) {
  const atMs: number[] = [];
  const store = createMemoryStore();
  async function index(): Promise<number> {
    atMs.push(clock.now());
    await new Promise<void>((resolve) => clock.schedule(stepMs, resolve));
    const count = passed.shift();
    if (count === undefined) throw new StoreError('unavailable', 'away');
    return count;
  }
  return { store: { ...store, search: { ...store.search, index } }, atMs };
}

async function pass(clock: ManualClock, ms: number): Promise<void> {
  for (let at = 0; at < ms; at += 10) {
    clock.advance(10);
    await settle();
  }
}

test('[SRC-2, P8] what waits is taken in with pauses that leave the store to others, and then looked for once a second', async () => {
  const clock = new ManualClock();
  const { store, atMs } = slow(clock, 100, [5, 5, 0, 0]);
  const startMs = clock.now();
  const indexing = new Indexing({ store, clock, logger });
  await pass(clock, 4_000);
  const [first = 0, second = 0, third = 0, fourth = 0] = atMs;
  expect(first - startMs).toBe(1_000);
  expect([second - first, third - second, fourth - third]).toEqual([300, 300, 1_100]);
  const ended = indexing.end();
  await pass(clock, 1_000);
  await ended;
});

test('[SRC-2] a store that is away is asked again, and after the end nothing is', async () => {
  const clock = new ManualClock();
  const { store, atMs } = slow(clock, 10, [undefined, 1]);
  const indexing = new Indexing({ store, clock, logger });
  await pass(clock, 2_050);
  expect(atMs).toHaveLength(3);
  const ended = indexing.end();
  await pass(clock, 5_000);
  await ended;
  expect(atMs).toHaveLength(3);
});
