import { ErrorCode } from '@hongyan/protocol';
import { expect, test } from 'vitest';
import { Gate } from './gate.ts';

/** Tasks that write down when they begin, and end when they are told. */
function tasks() {
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  return {
    begun,
    task: (name: string) => () => {
      begun.push(name);
      return new Promise<void>((resolve) => ends.set(name, resolve));
    },
    async end(name: string) {
      ends.get(name)?.();
      await new Promise<void>((resolve) => setImmediate(resolve));
    },
  };
}

test('[LOD-8] a gate runs no more tasks at once than it may, an account’s in order, also after one failed', async () => {
  const gate = new Gate({ runningMax: 2, waitingMax: 10 });
  const order: number[] = [];
  let running = 0;
  let runningMax = 0;
  const results = await Promise.allSettled(
    [0, 1, 2, 3, 4, 5].map((n) =>
      gate.run('anna', async () => {
        order.push(n);
        running += 1;
        runningMax = Math.max(runningMax, running);
        await Promise.resolve();
        running -= 1;
        if (n === 1) throw new Error('one failed');
      }),
    ),
  );
  expect(order).toEqual([0, 1, 2, 3, 4, 5]);
  expect(runningMax).toBe(2);
  expect(results.map(({ status }) => status).filter((status) => status === 'rejected')).toHaveLength(1);
  expect(gate.waitingCount()).toBe(0);
});

test('[LOD-8] accounts take turns, however much one of them asks', async () => {
  const gate = new Gate({ runningMax: 1, waitingMax: 100 });
  const { begun, end, task } = tasks();
  for (const name of ['a1', 'a2', 'a3', 'a4']) void gate.run('anna', task(name));
  for (const name of ['b1', 'b2']) void gate.run('boris', task(name));
  void gate.run('carla', task('c1'));
  for (const name of ['a1', 'a2', 'b1', 'c1', 'a3', 'b2', 'a4']) await end(name);
  expect(begun).toEqual(['a1', 'a2', 'b1', 'c1', 'a3', 'b2', 'a4']);
});

test('[LOD-8] past the bound an account is refused, and another is not', async () => {
  const gate = new Gate({ runningMax: 1, waitingMax: 2 });
  const { begun, end, task } = tasks();
  for (const name of ['a1', 'a2', 'a3']) void gate.run('anna', task(name));
  await expect(gate.run('anna', task('a4'))).rejects.toMatchObject({ code: ErrorCode.OVERLOADED });
  void gate.run('boris', task('b1'));
  expect([gate.waitingCount('anna'), gate.waitingCount('boris'), gate.waitingCount()]).toEqual([2, 1, 3]);
  for (const name of ['a1', 'a2', 'b1', 'a3']) await end(name);
  expect(begun).toEqual(['a1', 'a2', 'b1', 'a3']);
});

test('[LOD-4, LOD-8] what nobody waits for any more is not begun when its turn comes', async () => {
  const gate = new Gate({ runningMax: 1, waitingMax: 10 });
  const { begun, end, task } = tasks();
  let isWanted = true;
  void gate.run('anna', task('a1'));
  const unwanted = Promise.allSettled([
    gate.run('anna', task('a2'), () => isWanted),
    gate.run('boris', task('b1'), () => isWanted),
  ]);
  const last = gate.run('boris', task('b2'));
  isWanted = false;
  await end('a1');
  for (const each of await unwanted) {
    expect(each).toMatchObject({ status: 'rejected', reason: { code: ErrorCode.DEADLINE_EXCEEDED } });
  }
  await end('b2');
  await last;
  expect(begun).toEqual(['a1', 'b2']);
  void gate.run('anna', task('a3'));
  expect(begun).toContain('a3');
});
