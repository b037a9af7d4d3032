import { EventEmitter } from 'node:events';
import type { Worker } from 'node:worker_threads';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { Outcome } from './calls.ts';
import { startWorker } from './start-worker.ts';
import { type QueueLimits, WorkerQueue } from './worker-queue.ts';

const limits: QueueLimits = { callsMax: 4, bytesMax: 100, batchCallsMax: 2, batchDeadlineMs: 30_000 };

const codec = {
  pack: (calls: readonly string[]) => calls,
  unpackAnswer: (_call: string, value: unknown): Outcome => ({ ok: true, value }),
};

/** A queue to a thread of this folder that answers each call with itself, if it answers. */
async function queueTo(thread: string, changed: Partial<QueueLimits> = {}) {
  const fatal = Promise.withResolvers<Error>();
  const worker = await startWorker(new URL(`./testing/${thread}.ts`, import.meta.url), {});
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

/** A thread whose messages the test sees and gives. */
class ScriptedThread extends EventEmitter {
  readonly batches: string[][] = [];

  postMessage(batch: string[]): void {
    this.batches.push(batch);
  }

  async terminate(): Promise<number> {
    return 0;
  }
}

test('[P8] a thread that answers a part of each batch, late but in time, is slow and not dead', async () => {
  vi.useFakeTimers();
  onTestFinished(() => {
    vi.useRealTimers();
  });
  const thread = new ScriptedThread();
  const onFatal = vi.fn();
  const slow = { ...limits, batchDeadlineMs: 30_000 };
  const queue = new WorkerQueue(thread as unknown as Worker, codec, slow, onFatal);
  const answers = ['a', 'b', 'c', 'd'].map((call) => queue.ask(call));
  await vi.advanceTimersByTimeAsync(1);
  for (const call of ['a', 'b', 'c', 'd']) {
    await vi.advanceTimersByTimeAsync(29_000);
    thread.emit('message', [call]);
  }
  expect(await Promise.all(answers)).toEqual(['a', 'b', 'c', 'd']);
  expect(thread.batches).toEqual([['a', 'b'], ['b', 'c'], ['c', 'd'], ['d']]);
  expect(onFatal).not.toHaveBeenCalled();

  const unheard = expect(queue.ask('e')).rejects.toEqual(unavailable('store-failed'));
  await vi.advanceTimersByTimeAsync(30_001);
  await unheard;
  expect(onFatal).toHaveBeenCalledOnce();
});
