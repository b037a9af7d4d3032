import { AppendLoad } from '../testing/append-load.ts';
import { openSqliteStore } from './index.ts';
import { temporaryDirectory } from './testing/directory.ts';

// How many appends a second the store takes, and what one costs the main thread. Run it with `node`; arguments are
// the number of conversations and the seconds per row.

const conversationCount = Number(process.argv[2] ?? 1000);
const durationMs = Number(process.argv[3] ?? 3) * 1000;

await using directory = await temporaryDirectory();
const store = await openSqliteStore({ directory: directory.path });
const load = new AppendLoad(conversationCount, durationMs);
await load.prepare(store);
const rows = [];
for (const underWay of [1, 10, 100, 1000]) rows.push(await load.run([store], { conversationCount, underWay }));
console.table(rows);
await store.close();
