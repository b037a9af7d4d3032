import { createMemoryState, createMemoryStore } from '@hongyan/server/adapters/store/memory/index.ts';
import { storeContract } from './store.ts';

storeContract('memory', async () => {
  const state = createMemoryState();
  const store = createMemoryStore(state);
  return { store, reopen: async () => createMemoryStore(state), cleanup: async () => {} };
});
