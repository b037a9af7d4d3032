import { openPostgresStore } from '@hongyan/server/adapters/store/postgres/index.ts';
import type { OpenStore } from './store-fixtures.ts';

/** Opens a store in a schema of its own each time; `url` is asked for the server once it has started. */
export function openPostgresAt(url: () => string): OpenStore {
  let schemaCount = 0;
  return async () => {
    const options = { url: url(), schema: `contract_${++schemaCount}`, partitionCount: 2 };
    const store = await openPostgresStore(options);
    let current = store;
    return {
      store,
      async reopen() {
        await current.close();
        current = await openPostgresStore(options);
        return current;
      },
      cleanup: () => current.close(),
    };
  };
}
