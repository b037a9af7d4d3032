import { AppendLoad } from '../testing/append-load.ts';
import { openPostgresStore } from './index.ts';
import { startServer } from './testing/server.ts';

// How many appends a second the store takes, and what one costs this process, which does not have the server's work. Run it
// with `node`; arguments are the seconds per row and the number of partitions. Instances are nodes of a cluster that share
// the conversations, in one process here, so that its CPU time is that of all of them.

const durationMs = Number(process.argv[2] ?? 3) * 1000;
const partitionCount = Number(process.argv[3] ?? 16);
const ROWS: [instances: number, conversations: number, underWay: number][] = [
  [1, 1000, 1],
  [1, 1000, 10],
  [1, 1000, 100],
  [1, 1000, 1000],
  [1, 50, 1000],
  [1, 1, 1000],
  [4, 1000, 1000],
  [4, 50, 1000],
];

await using server = await startServer({ settings: { shared_buffers: '256MB', max_wal_size: '4GB' } });
const open = () => openPostgresStore({ url: server.url, partitionCount });
const stores = await Promise.all([open(), open(), open(), open()]);
const load = new AppendLoad(1000, durationMs);
await load.prepare(stores[0]);
const rows = [];
for (const [instances, conversationCount, underWay] of ROWS) {
  const figures = await load.run(stores.slice(0, instances), { conversationCount, underWay });
  rows.push({ instances, conversations: conversationCount, ...figures });
}
console.table(rows);
const [{ deadlocks } = {}] = await server.query(
  `SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()`,
);
console.log(`${partitionCount} partitions, ${deadlocks} deadlocks`);
await Promise.all(stores.map((store) => store.close()));
