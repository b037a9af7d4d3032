import { writeSync } from 'node:fs';
import { openSqliteStore } from '../index.ts';

// Changes records of one account until it is killed, and prints each change as soon as the store answered it.

const [directory = ''] = process.argv.slice(2);
const store = await openSqliteStore({ directory });
const keys = 24;

async function changeForever(key: string): Promise<never> {
  for (let changedAtMs = 1; ; changedAtMs++) {
    const value = new TextEncoder().encode(`${key} ${changedAtMs}`);
    const event = await store.records.set({ userId: 'ann', key, value, changedAtMs, timeMs: changedAtMs });
    writeSync(1, `${key} ${changedAtMs} ${event?.seq}\n`);
  }
}

await Promise.all(Array.from({ length: keys }, (_, at) => changeForever(`setting/a${at}`)));
