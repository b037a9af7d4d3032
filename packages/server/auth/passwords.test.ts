import { expect, test } from 'vitest';
import { systemRandom } from '../system.ts';
import { createPasswords, createTurns } from './passwords.ts';

test('[A1] a password matches its own hash and no other', async () => {
  const passwords = await createPasswords(systemRandom);
  const hash = await passwords.hash('open sesame');
  expect(await passwords.verify('open sesame', hash)).toBe(true);
  expect(await passwords.verify('open barley', hash)).toBe(false);
  expect(await passwords.verify('open sesame', undefined)).toBe(false);
});

test('[P8] only so many hashes run at once, and only so many wait', async () => {
  const inTurn = createTurns(2, 1);
  const gates = [1, 2, 3].map(() => Promise.withResolvers<void>());
  const started: number[] = [];
  const tasks = gates.map(({ promise }, index) =>
    inTurn(async () => {
      started.push(index);
      await promise;
    }),
  );
  await expect(inTurn(async () => {})).rejects.toMatchObject({ code: 'overloaded' });
  expect(started).toEqual([0, 1]);
  gates[1]?.resolve();
  await tasks[1];
  for (const { resolve } of gates) resolve();
  await Promise.all(tasks);
  expect(started).toEqual([0, 1, 2]);
  expect(await inTurn(async () => 'free again')).toBe('free again');
});

test('[P8] a task that fails makes room', async () => {
  const inTurn = createTurns(1, 0);
  await expect(inTurn(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await inTurn(async () => 'free')).toBe('free');
});
