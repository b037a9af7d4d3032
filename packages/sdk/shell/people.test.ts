import { expect, test } from 'vitest';
import { PEOPLE_MAX } from '../stores/store.ts';
import type { Person } from '../types.ts';
import { People } from './people.ts';

const person = (number: number, displayName = `Person ${number}`): Person => ({
  userId: `u${String(number).padStart(16, '0')}`,
  handle: `person-${number}`,
  displayName,
  statusLine: '',
});

/** A server that answers with these names, and everything that is said to the hooks. */
function peopleOf(answer: (userId: string) => Person | undefined) {
  const asked: (readonly string[])[] = [];
  const told: Person[] = [];
  const saved: Person[] = [];
  const waiting: { count: number; resolve: () => void }[] = [];
  const people = new People({
    fetch: async (userIds) => {
      asked.push(userIds);
      for (const { count, resolve } of waiting) if (asked.length >= count) queueMicrotask(resolve);
      return userIds.flatMap((userId) => answer(userId) ?? []);
    },
    known: (known) => told.push(known),
    save: (changed) => saved.push(...changed),
  });
  const askedTimes = (count: number) => new Promise<void>((resolve) => waiting.push({ count, resolve }));
  return { people, asked, told, saved, askedTimes };
}

test('[A3] what the device kept is compared with the server once, many at a time, and only changes are told and kept', async () => {
  const kept = Array.from({ length: 150 }, (_, number) => person(number));
  const renamed = person(120, 'Renamed');
  const { people, asked, told, saved, askedTimes } = peopleOf((userId) =>
    userId === renamed.userId ? renamed : kept.find((known) => known.userId === userId),
  );
  people.restore(kept);
  expect(told).toEqual(kept);
  const done = askedTimes(2);
  people.refresh();
  people.refresh();
  await done;
  expect(asked.map(({ length }) => length)).toEqual([100, 50]);
  expect(told.slice(150)).toEqual([renamed]);
  expect(saved).toEqual([renamed]);
  expect(people.get(renamed.userId)).toEqual(renamed);
  people.clear();
});

test('[A3] a stranger is asked for before those whose names are known', async () => {
  const stranger = person(1_000);
  const { people, asked, askedTimes } = peopleOf(() => stranger);
  people.restore(Array.from({ length: 100 }, (_, number) => person(number)));
  const done = askedTimes(1);
  people.refresh();
  expect(people.get(stranger.userId)).toBeUndefined();
  await done;
  expect(asked[0]?.[0]).toBe(stranger.userId);
  people.clear();
});

test('[P8] of more people than the bound those learnt longest ago are let go', () => {
  const { people } = peopleOf(() => undefined);
  people.learn(Array.from({ length: PEOPLE_MAX + 1 }, (_, number) => person(number)));
  expect(people.get(person(0).userId)).toBeUndefined();
  expect(people.get(person(1).userId)).toEqual(person(1));
  people.clear();
});
