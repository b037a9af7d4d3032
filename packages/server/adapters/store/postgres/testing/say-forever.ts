import { sayForever } from '../../testing/sayings.ts';
import { openPostgresStore } from '../index.ts';

const [url = ''] = process.argv.slice(2);
await sayForever(await openPostgresStore({ url }));
