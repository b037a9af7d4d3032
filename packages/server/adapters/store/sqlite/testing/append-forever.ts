import { appendForever } from '../../testing/write-forever.ts';
import { openSqliteStore } from '../index.ts';

const [directory = ''] = process.argv.slice(2);
await appendForever(await openSqliteStore({ directory }));
