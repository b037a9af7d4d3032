import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteStore } from '@hongyan/server/adapters/store/sqlite/index.ts';
import { storeContract } from './store.ts';

storeContract('sqlite', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'hongyan-store-'));
  const store = await openSqliteStore({ directory });
  let current = store;
  return {
    store,
    async reopen() {
      await current.close();
      current = await openSqliteStore({ directory });
      return current;
    },
    async cleanup() {
      await current.close();
      await rm(directory, { recursive: true });
    },
  };
});
