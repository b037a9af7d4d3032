import { expect, test } from 'vitest';
import { Listeners } from './listeners.ts';
import { liveQuery } from './live-query.ts';

/** A query onto `of.value`; `of.running` says how often it was begun and not ended. */
function query<T>(value: T) {
  const changes = new Listeners<void>();
  const of = {
    value,
    running: 0,
    set(next: T) {
      of.value = next;
      changes.emit();
    },
  };
  const live = liveQuery(
    () => of.value,
    (look) => {
      of.running += 1;
      const remove = changes.add(look);
      return () => {
        of.running -= 1;
        remove();
      };
    },
  );
  return { of, live };
}

test('[O2] a live query tells of another value, and of nothing else', () => {
  const { of, live } = query(1);
  const told: number[] = [];
  const stop = live.onChange(() => told.push(live.value));
  of.set(2);
  of.set(2);
  of.set(3);
  stop();
  of.set(4);
  expect([told, live.value]).toEqual([[2, 3], 4]);
});

test('[O2] it works while somebody listens, however many do', () => {
  const { of, live } = query(1);
  const stops = [live.onChange(() => {}), live.onChange(() => {})];
  expect(of.running).toBe(1);
  stops[0]?.();
  stops[0]?.();
  expect(of.running).toBe(1);
  stops[1]?.();
  expect(of.running).toBe(0);
  live.onChange(() => {});
  expect(of.running).toBe(1);
});

test('[O2] its value is the same object until it is another, as a UI that compares snapshots needs it', () => {
  const item = { id: 1 };
  const { of, live } = query([item]);
  const told: unknown[] = [];
  const before = live.value;
  live.onChange(() => told.push(live.value));
  of.set([item]);
  expect([live.value === before, told]).toEqual([true, []]);
  of.set([item, item]);
  expect([live.value === before, told.length]).toEqual([false, 1]);
});

test('[O2] what one listener throws keeps the others from nothing', () => {
  const { of, live } = query(1);
  const told: number[] = [];
  const { error } = console;
  console.error = () => {};
  live.onChange(() => {
    throw new Error('a bug of the application');
  });
  live.onChange(() => told.push(live.value));
  of.set(2);
  console.error = error;
  expect(told).toEqual([2]);
});
