import { appendBesideIndexing } from '../testing/append-beside-indexing.ts';
import { SearchLoad } from '../testing/search-load.ts';
import type { Language } from '../testing/search-texts.ts';
import { openPostgresStore } from './index.ts';
import { startServer } from './testing/server.ts';

// How long searches take, how large the index is, and what appends take beside it. Run it with `node`; arguments are the
// number of conversations, in how many of them the one who searches is, the messages in each, and languages.

const [conversationCount = 1_000, ownCount = 100, messagesEach = 1_000] = process.argv.slice(2, 5).map(Number);
const languages = (process.argv[5] ?? 'Chinese,English').split(',') as Language[];

await using server = await startServer({ settings: { shared_buffers: '256MB', max_wal_size: '4GB' } });
const store = await openPostgresStore({ url: server.url });
const load = new SearchLoad({ conversationCount, ownCount, messagesEach, languages });
console.log(`${conversationCount * messagesEach} messages in ${(await load.fill(store)).toFixed(0)} s`);
console.log('indexing', await load.index(store));
console.table(await load.searches(store, 100));

const [size] = await server.query(
  `SELECT sum(pg_relation_size(oid)) FILTER (WHERE relkind = 'r') AS rows,
     sum(pg_relation_size(oid)) FILTER (WHERE relkind = 'i') AS index
   FROM pg_class WHERE relname LIKE 'search_%' AND relkind IN ('r', 'i')`,
);
const perMessage = (bytes: unknown) => (Number(bytes) / conversationCount / messagesEach).toFixed(0);
console.log(`${perMessage(size?.rows)} bytes of rows and ${perMessage(size?.index)} of indexes per message`);

const beside = [];
for (const underWay of [10, 100, 1_000]) {
  for (const isIndexing of [false, true]) beside.push(await appendBesideIndexing(store, underWay, isIndexing, 5_000));
}
console.table(beside);
await store.close();
