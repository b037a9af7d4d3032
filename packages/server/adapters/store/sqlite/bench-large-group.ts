import { LargeGroup } from '../testing/large-group.ts';
import { openSqliteStore } from './index.ts';
import { temporaryDirectory } from './testing/directory.ts';

// What a group of 100,000 members costs. Run it with `node`; an argument is another number of members.

await using directory = await temporaryDirectory();
const store = await openSqliteStore({ directory: directory.path });
const group = new LargeGroup(store, Number(process.argv[2] ?? 100_000));
await group.prepare();
console.table(await group.measure());
await store.close();
