export { createMemoryState, type MemoryState } from './state.ts';
export { createMemoryStore } from './store.ts';
