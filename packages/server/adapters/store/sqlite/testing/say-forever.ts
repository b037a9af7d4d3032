import { sayForever } from '../../testing/sayings.ts';
import { openSqliteStore } from '../index.ts';

const [directory = ''] = process.argv.slice(2);
await sayForever(await openSqliteStore({ directory }));
