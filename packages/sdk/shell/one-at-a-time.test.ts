import { expect, test } from 'vitest';
import { oneAtATime } from './one-at-a-time.ts';

test('[OUT-7] who asks for the outbox while it is read gets what a later reading finds', async () => {
  const running: ((outcome: number) => void)[] = [];
  const read = oneAtATime(() => new Promise<number>((resolve) => running.push(resolve)));
  const [first, second, third] = [read(), read(), read()];
  expect(running).toHaveLength(1);
  running[0]?.(1);
  expect(await first).toBe(1);
  await Promise.resolve();
  expect(running).toHaveLength(2);
  running[1]?.(2);
  expect(await Promise.all([second, third])).toEqual([2, 2]);
  const fourth = read();
  running[2]?.(3);
  expect(await fourth).toBe(3);
});

test('[OUT-7] a reading that failed does not keep the next from being done', async () => {
  let count = 0;
  const read = oneAtATime(async () => {
    count += 1;
    if (count === 1) throw new Error('unreadable');
    return count;
  });
  const [first, second] = [read(), read()];
  await expect(first).rejects.toThrow('unreadable');
  expect(await second).toBe(2);
});
