import { openPostgresStore } from './packages/server/adapters/store/postgres/index.ts';
import { startServer } from './packages/server/adapters/store/postgres/testing/server.ts';
import { SearchLoad } from './packages/server/adapters/store/testing/search-load.ts';
import { SearchTexts } from './packages/server/adapters/store/testing/search-texts.ts';
import { Connection } from './packages/server/adapters/store/postgres/wire/connection.ts';
await using server = await startServer({ settings: { shared_buffers: '256MB', max_wal_size: '4GB' } });
const store = await openPostgresStore({ url: server.url, partitionCount: 16 });
const load = new SearchLoad({ conversationCount: 1000, ownCount: 100, messagesEach: 200, languages: ['Chinese', 'English'] });
await load.fill(store); console.log(await load.index(store));
console.table(await load.searches(store, 20));
await store.close();
const c = await Connection.open({ url: server.url, schema: 'hongyan', roundTripDeadlineMs: 600000 }, []);
await c.execute("SET enable_bitmapscan=on; SET statement_timeout='600s'; SET enable_seqscan=on; SET enable_hashjoin=on; SET work_mem='64MB'");
await c.execute(`CREATE TABLE g AS SELECT conversation_id, seq, array_to_tsvector(ARRAY(SELECT DISTINCT substr(l, 7) FROM unnest(tsvector_to_array(terms)) l)) AS terms FROM search_entries`);
await c.execute('CREATE INDEX g_terms ON g USING gin(terms)'); await c.execute('ANALYZE g');
console.log(await c.execute("SELECT pg_relation_size('g_terms')/200000 AS gin, pg_relation_size('g')/200000 AS heap"));
console.log(await c.execute("SELECT sum(pg_relation_size(oid)) FILTER (WHERE relname LIKE '%terms_idx')/200000 AS gin, sum(pg_relation_size(oid)) FILTER (WHERE relname LIKE '%place_idx')/200000 AS place, sum(pg_relation_size(oid)) FILTER (WHERE relkind='r' AND relname LIKE 'search_entries%')/200000 AS heap FROM pg_class"));
await c.execute('SET enable_seqscan=off');
const t = new SearchTexts(); const w = (l: 'Chinese' | 'English', r: number) => t.word(l, r);
const own = `conversation_id IN (SELECT conversation_id FROM memberships WHERE user_id = 'u0000000000000000')`;
for (const [n, q] of Object.entries({ 'zh frequent': `'${w('Chinese', 3)}':*`, 'zh two': `'${w('Chinese', 250)}'`, 'zh rare': `'${w('Chinese', 15000)}'`, 'en frequent': `'${w('English', 5)}'`, 'one letter': `'${w('English', 5).slice(0, 1)}':*`, beginning: `'${w('English', 300).slice(0, 3)}':*` })) {
  const ts: number[] = []; let rows = 0;
  for (let i = 0; i < 7; i++) { const a = performance.now(); rows = (await c.execute(`SELECT conversation_id, seq FROM g WHERE terms @@ '${q.replaceAll("'", "''")}'::tsquery AND ${own} ORDER BY seq DESC LIMIT 20`)).length; ts.push(performance.now() - a); }
  ts.sort((a, b) => a - b); console.log(n, rows, ts[3]!.toFixed(1));
}
await c.close();
