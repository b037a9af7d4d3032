import { expect, test } from 'vitest';
import { createMemoryState, createMemoryStore } from '../adapters/store/memory/index.ts';
import { systemRandom as random } from '../system.ts';
import { loadKeys } from './keys.ts';

test('[A1] nodes that start on one store have the same keys, and so have those that start later', async () => {
  const state = createMemoryState();
  const load = () => loadKeys(createMemoryStore(state).secrets, random);
  const [first, ...others] = await Promise.all([load(), load(), load()]);
  expect(others).toEqual([first, first]);
  expect(await load()).toEqual(first);
  expect(first?.access).not.toEqual(first?.refresh);
});

test('[A1] each store has keys of its own', async () => {
  const [one, other] = await Promise.all([1, 2].map(() => loadKeys(createMemoryStore().secrets, random)));
  expect(one?.access).not.toEqual(other?.access);
});

test('[P9] a damaged secret is refused rather than used', async () => {
  const damaged = { keep: async () => Uint8Array.of(1, 2, 3) };
  await expect(loadKeys(damaged, random)).rejects.toThrow('must have 32 bytes');
});
