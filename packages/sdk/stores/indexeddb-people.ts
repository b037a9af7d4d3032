import type { Person } from '../types.ts';
import { requested } from './indexeddb-requests.ts';
import type { Transaction } from './indexeddb-types.ts';
import { PEOPLE_MAX } from './store.ts';

/** `order` grows with every profile that is saved, over all tabs. */
type PersonRow = Person & { order: number };

/** Oldest first. */
export async function loadPeople(transaction: Transaction): Promise<Person[]> {
  const rows = await requested(transaction.objectStore('people').index('order').getAll<PersonRow>());
  return rows.map(({ order: _, ...person }) => person);
}

/** Puts them behind all others and erases the oldest beyond the bound, within the transaction. */
export function putPeople(transaction: Transaction, people: readonly Person[]): void {
  const store = transaction.objectStore('people');
  const newest = store.index('order').openCursor(null, 'prev');
  newest.onsuccess = () => {
    let order = Number(newest.result?.key ?? 0);
    for (const person of people) {
      order += 1;
      store.put({ ...person, order } satisfies PersonRow);
    }
    const count = store.count();
    count.onsuccess = () => eraseOldest(transaction, count.result - PEOPLE_MAX);
  };
}

function eraseOldest(transaction: Transaction, count: number): void {
  if (count <= 0) return;
  let left = count;
  const oldest = transaction.objectStore('people').index('order').openCursor(null, 'next');
  oldest.onsuccess = () => {
    if (!oldest.result || left === 0) return;
    left -= 1;
    oldest.result.delete();
    oldest.result.continue();
  };
}
