import { expect, test } from 'vitest';
import type { Outcome } from './calls.ts';
import { startWorker } from './start-worker.ts';
import { type QueueLimits, WorkerQueue } from './worker-queue.ts';

const limits: QueueLimits = { callsMax: 4, bytesMax: 100, batchCallsMax: 2, batchDeadlineMs: 30_000 };

/** A queue to a thread of this folder that answers each call with itself, if it answers. */
async function queueTo(thread: string, changed: Partial<QueueLimits> = {}) {
  const fatal = Promise.withResolvers<Error>();
  const worker = await startWorker(new URL(`./testing/${thread}.ts`, import.meta.url), {});
  const codec = {
    pack: (calls: readonly string[]) => calls,
    unpackAnswer: (_call: string, value: unknown): Outcome => ({ ok: true, value }),
  };
  const queue = new WorkerQueue(worker, codec, { ...limits, ...changed }, fatal.resolve);
  return { queue, fatal: fatal.promise };
}

const unavailable = (reason: string) => expect.objectContaining({ name: 'StoreError', kind: 'unavailable', reason });

test('[P8] a full queue refuses the next call and goes on with those it took', async () => {
  const { queue } = await queueTo('echo-thread');
  const taken = ['a', 'b', 'c', 'd'].map((call) => queue.ask(call));
  await expect(queue.ask('e')).rejects.toEqual(unavailable('store-queue-full'));
  expect(await Promise.all(taken)).toEqual(['a', 'b', 'c', 'd']);
  expect(await queue.ask('f')).toBe('f');
  await queue.close();
});

test('[P8] bodies count against a bound of their own', async () => {
  const { queue } = await queueTo('echo-thread');
  const taken = queue.ask('a', 60);
  await expect(queue.ask('b', 60)).rejects.toEqual(unavailable('store-queue-full'));
  await taken;
  expect(await queue.ask('c', 60)).toBe('c');
  await queue.close();
});

test('[LOG-1] when the thread dies nothing is acknowledged, and the failure is loud', async () => {
  const { queue, fatal } = await queueTo('dying-thread');
  const pending = ['a', 'b', 'c'].map((call) => queue.ask(call));
  for (const outcome of await Promise.allSettled(pending)) {
    expect(outcome).toEqual({ status: 'rejected', reason: unavailable('store-failed') });
  }
  expect((await fatal).message).toBe('the disk is gone');
  await expect(queue.ask('d')).rejects.toEqual(unavailable('store-failed'));
});

test('[P8] a thread that never answers is given up', async () => {
  const { queue, fatal } = await queueTo('silent-thread', { batchDeadlineMs: 1 });
  await expect(queue.ask('a')).rejects.toEqual(unavailable('store-failed'));
  expect((await fatal).message).toContain('does not answer');
});
