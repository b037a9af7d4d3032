import { changeForever } from '../../testing/write-forever.ts';
import { openSqliteStore } from '../index.ts';

const [directory = ''] = process.argv.slice(2);
await changeForever(await openSqliteStore({ directory }), 24);
