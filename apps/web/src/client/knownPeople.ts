import type { Person } from '@hongyan/sdk';

const name = 'hongyan.people';
const PEOPLE_MAX = 500;

function isPerson(value: unknown): value is Person {
  const fields = ['userId', 'handle', 'displayName', 'statusLine'];
  return (
    typeof value === 'object' &&
    value !== null &&
    fields.every((field) => typeof Reflect.get(value, field) === 'string')
  );
}

/** Profiles kept on this device, so that names are there before the server is, and without it. */
export interface KnownPeople {
  /** The least recently learned first. */
  load(): Person[];
  /** Keeps the last of `people`, up to a bound. */
  save(people: Iterable<Person>): void;
  clear(): void;
}

export function createKnownPeople(storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>): KnownPeople {
  return {
    load() {
      try {
        const kept: unknown = JSON.parse(storage.getItem(name) ?? '[]');
        return Array.isArray(kept) ? kept.filter(isPerson) : [];
      } catch {
        return [];
      }
    },
    save(people) {
      try {
        storage.setItem(name, JSON.stringify([...people].slice(-PEOPLE_MAX)));
      } catch {
        // Without room names are asked for again after a reload.
      }
    },
    clear: () => storage.removeItem(name),
  };
}
