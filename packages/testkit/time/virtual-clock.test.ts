import { describe, expect, it } from 'vitest';
import { RealityUsed } from './guard.ts';
import { VirtualClock } from './virtual-clock.ts';

describe('VirtualClock', () => {
  it('[L2] runs timers by time, and those of one moment in the order they were made', async () => {
    const clock = new VirtualClock(1_000);
    const ran: string[] = [];
    const note = (name: string) => () => ran.push(`${name}@${clock.now()}`);
    for (const [name, delayMs] of [
      ['c', 30],
      ['a', 10],
      ['b', 10],
      ['d', 40],
    ] as const)
      clock.schedule(delayMs, note(name));
    clock.schedule(20, () => clock.schedule(5, note('nested')));
    clock.schedule(15, note('cancelled'))();
    expect(await clock.run(1_030)).toBe('deadline');
    expect(ran).toEqual(['a@1010', 'b@1010', 'nested@1025', 'c@1030']);
    expect(clock.now()).toBe(1_030);
  });

  it('[L2] settles every promise of a moment before time passes', async () => {
    const clock = new VirtualClock(0);
    let depth = 0;
    clock.schedule(1, async () => {
      for (; depth < 100; depth++) await Promise.resolve();
    });
    let seen = -1;
    clock.schedule(2, () => {
      seen = depth;
    });
    await clock.run(2);
    expect(seen).toBe(100);
  });

  it('[L2] ends as soon as it is done', async () => {
    const clock = new VirtualClock(0);
    let count = 0;
    const tick = (): void => {
      count += 1;
      clock.schedule(1, tick);
    };
    tick();
    expect(await clock.run(1_000, () => count === 5)).toBe('done');
    expect(clock.now()).toBe(4);
  });

  it.each([
    ['Date.now', () => Date.now()],
    ['new Date', () => new Date()],
    ['Math.random', () => Math.random()],
    ['setTimeout', () => setTimeout(() => undefined, 0)],
    ['crypto.randomUUID', () => crypto.randomUUID()],
  ])('[L2] throws when a run uses %s, and only then', async (_, use) => {
    const clock = new VirtualClock(0);
    clock.schedule(1, use);
    await expect(clock.run(2)).rejects.toBeInstanceOf(RealityUsed);
    expect(use).not.toThrow();
  });
});
