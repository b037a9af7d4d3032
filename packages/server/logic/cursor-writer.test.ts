import { type Store, StoreError } from '@hongyan/core';
import { expect, test } from 'vitest';
import { createInProcessBus } from '../adapters/bus/inprocess/bus.ts';
import { createMemoryStore } from '../adapters/store/memory/index.ts';
import { settle } from '../testing/gateway-world.ts';
import { ManualClock } from '../testing/manual-clock.ts';
import { anna, boris, withBoris } from '../testing/people.ts';
import { CursorWriter } from './cursor-writer.ts';

const FLUSH_DELAY_MS = 500;
const RETRY_DELAY_MS = 2_000;
const logger = { debug() {}, info() {}, warn() {}, error() {} };

/** A writer whose store waits before each write until it is told what becomes of it. */
function writer() {
  const inner = createMemoryStore();
  const writes: { commit: () => void; fail: () => void }[] = [];
  const cursors: Store['cursors'] = {
    ...inner.cursors,
    async advance(batch) {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      writes.push({ commit: resolve, fail: () => reject(new StoreError('unavailable', 'busy')) });
      await promise;
      return inner.cursors.advance(batch);
    },
  };
  const clock = new ManualClock();
  const made = new CursorWriter({ store: { ...inner, cursors }, bus: createInProcessBus(), clock, logger });
  const read = (userId: string, seq: number) =>
    made.cursorMoved(withBoris, userId, { deliveredSeq: seq, readSeq: seq });
  const kept = () => {
    const waiting = { isOver: false };
    void made.kept().then(() => {
      waiting.isOver = true;
    });
    return waiting;
  };
  const pass = async (ms: number) => {
    clock.advance(ms);
    await settle();
  };
  const end = async (how: 'commit' | 'fail') => {
    const write = writes.shift();
    if (write === undefined) throw new Error('nothing is being written');
    write[how]();
    await settle();
  };
  return { read, kept, pass, end };
}

/** The first of two statements is being written, and the second has come meanwhile. */
async function oneBehindAnother() {
  const { read, kept, pass, end } = writer();
  read(anna.userId, 1);
  const first = kept();
  await pass(FLUSH_DELAY_MS);
  read(boris.userId, 1);
  const second = kept();
  return { first, second, pass, end };
}

test('[RCP-6] nothing to write is kept', async () => {
  const { kept } = writer();
  const waiting = kept();
  await settle();
  expect(waiting.isOver).toBe(true);
});

test('[RCP-6] what was taken is kept when it is committed, not before', async () => {
  const { read, kept, pass, end } = writer();
  read(anna.userId, 1);
  const waiting = kept();
  await pass(FLUSH_DELAY_MS);
  expect(waiting.isOver).toBe(false);
  const asked = kept();
  await settle();
  expect(asked.isOver).toBe(false);
  await end('commit');
  expect([waiting.isOver, asked.isOver]).toEqual([true, true]);
});

test('[RCP-6] what comes while others are written is kept with the next write', async () => {
  const { first, second, end } = await oneBehindAnother();
  await end('commit');
  expect([first.isOver, second.isOver]).toEqual([true, false]);
  await end('commit');
  expect(second.isOver).toBe(true);
});

test('[RCP-6] a write that failed is made again, and nothing is kept before', async () => {
  const { first, second, pass, end } = await oneBehindAnother();
  await end('fail');
  await pass(RETRY_DELAY_MS);
  expect([first.isOver, second.isOver]).toEqual([false, false]);
  await end('commit');
  expect([first.isOver, second.isOver]).toEqual([true, true]);
});
