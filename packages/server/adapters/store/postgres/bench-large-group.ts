import { LargeGroup } from '../testing/large-group.ts';
import { openPostgresStore } from './index.ts';
import { startServer } from './testing/server.ts';

// What a group of 100,000 members costs. Run it with `node`; an argument is another number of members.

await using server = await startServer({ settings: { shared_buffers: '256MB', max_wal_size: '4GB' } });
const store = await openPostgresStore({ url: server.url });
const group = new LargeGroup(store, Number(process.argv[2] ?? 100_000));
await group.prepare();
console.table(await group.measure());
await store.close();
