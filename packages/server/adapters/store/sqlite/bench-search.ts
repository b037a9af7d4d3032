import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { appendBesideIndexing } from '../testing/append-beside-indexing.ts';
import { SearchLoad } from '../testing/search-load.ts';
import type { Language } from '../testing/search-texts.ts';
import { openSqliteStore } from './index.ts';
import { temporaryDirectory } from './testing/directory.ts';

// How long searches take, how large the index is, and what appends take beside it. Run it with `node`; arguments are the
// number of conversations, in how many of them the one who searches is, the messages in each, and languages.

const [conversationCount = 1_000, ownCount = 100, messagesEach = 1_000] = process.argv.slice(2, 5).map(Number);
const languages = (process.argv[5] ?? 'Chinese,English').split(',') as Language[];

await using directory = await temporaryDirectory();
const store = await openSqliteStore({ directory: directory.path });
const load = new SearchLoad({ conversationCount, ownCount, messagesEach, languages });
console.log(`${conversationCount * messagesEach} messages in ${(await load.fill(store)).toFixed(0)} s`);
console.log('indexing', await load.index(store));
console.table(await load.searches(store, 100));

const file = new Sqlite(join(directory.path, 'hongyan.db'), { readonly: true });
const bytes = file.prepare("SELECT sum(pgsize) FROM dbstat WHERE name LIKE 'search_%'").pluck().get();
console.log(`${(Number(bytes) / conversationCount / messagesEach).toFixed(0)} bytes of index per message`);
file.close();

const beside = [];
for (const underWay of [10, 100, 1_000]) {
  for (const isIndexing of [false, true]) beside.push(await appendBesideIndexing(store, underWay, isIndexing, 5_000));
}
console.table(beside);
await store.close();
