import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { PEOPLE_MAX } from '../stores/store.ts';
import { type Person, SdkError } from '../types.ts';
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

describe('a server that does not answer', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    vi.spyOn(Math, 'random').mockReturnValue(0.999);
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
  });

  /** When it was asked, in ms since the first time. */
  function failing(error: Error): { people: People; askedAtMs: () => number[] } {
    const asked: number[] = [];
    const fetch = async () => {
      asked.push(Date.now());
      throw error;
    };
    const people = new People({ fetch, known() {}, save() {} });
    return { people, askedAtMs: () => asked.map((atMs) => atMs - (asked[0] ?? 0)) };
  }

  const stranger = person(1).userId;

  test('[CON-2] is asked for a profile at growing, jittered distances', async () => {
    const { people, askedAtMs } = failing(new SdkError('network', 'nobody there'));
    people.get(stranger);
    await vi.advanceTimersByTimeAsync(600_000);
    const pauses = askedAtMs().map((atMs, index, all) => atMs - (all[index - 1] ?? 0));
    expect(pauses.slice(0, 4)).toEqual([0, 1_509, 4_500, 13_500].map((pause) => expect.closeTo(pause, -2)));
    expect(Math.max(...pauses)).toBeLessThan(30_100);
    people.clear();
    expect(vi.getTimerCount()).toBe(0);
  });

  test('[CON-2] is not asked again before it said', async () => {
    const { people, askedAtMs } = failing(new SdkError('rate-limited', 'too many', { retryAfterMs: 60_000 }));
    people.get(stranger);
    await vi.advanceTimersByTimeAsync(59_000);
    people.get(person(2).userId);
    people.refresh();
    await vi.advanceTimersByTimeAsync(61_000);
    expect(askedAtMs()).toHaveLength(2);
    expect(askedAtMs()[1]).toBeGreaterThan(60_000);
    people.clear();
  });

  test('[CON-2] is asked at once when it can be reached again', async () => {
    const { people, askedAtMs } = failing(new SdkError('network', 'nobody there'));
    people.get(stranger);
    await vi.advanceTimersByTimeAsync(60_000);
    const before = askedAtMs().length;
    people.refresh();
    await vi.advanceTimersByTimeAsync(10);
    expect(askedAtMs()).toHaveLength(before + 1);
    people.clear();
  });
});
