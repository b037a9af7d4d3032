import { expect, test } from 'vitest';
import { createKnownPeople } from './knownPeople.ts';

function memory() {
  const kept = new Map<string, string>();
  return {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => void kept.set(name, value),
    removeItem: (name: string) => void kept.delete(name),
  };
}

const person = (userId: string) => ({ userId, handle: userId, displayName: `Name of ${userId}`, statusLine: '' });

test('[O1] names are there again after a reload, and gone after signing out', () => {
  const storage = memory();
  createKnownPeople(storage).save([person('a'), person('b')]);
  expect(createKnownPeople(storage).load()).toEqual([person('a'), person('b')]);
  createKnownPeople(storage).clear();
  expect(createKnownPeople(storage).load()).toEqual([]);
});

test('[P8] the names kept are bounded; the last learned stay', () => {
  const people = createKnownPeople(memory());
  people.save(Array.from({ length: 600 }, (_, index) => person(`u${index}`)));
  expect(people.load()).toHaveLength(500);
  expect(people.load().at(-1)?.userId).toBe('u599');
});

test.each(['{', '{"a":1}', '[{"userId":1}]', '[null]'])(
  '[O1] what is no list of people (%s) is passed over',
  (text) => {
    const storage = memory();
    storage.setItem('hongyan.people', text);
    expect(createKnownPeople(storage).load()).toEqual([]);
  },
);
