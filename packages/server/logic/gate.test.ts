import { expect, test } from 'vitest';
import { Gate } from './gate.ts';

test('[P8] a gate runs no more tasks at once than it may, all of them in order, also after one failed', async () => {
  const gate = new Gate(2);
  const order: number[] = [];
  let running = 0;
  let runningMax = 0;
  const results = await Promise.allSettled(
    [0, 1, 2, 3, 4, 5].map((n) =>
      gate.run(async () => {
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
});
