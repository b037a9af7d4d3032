import { appendForever, changeForever } from '../../testing/write-forever.ts';
import { openPostgresStore } from '../index.ts';

const [url = ''] = process.argv.slice(2);
const store = await openPostgresStore({ url });
await Promise.all([appendForever(store), changeForever(store, 8)]);
