import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { loadConfig } from '@hongyan/server';
import { type Filled, fillWorld } from './fill/fill-world.ts';

export { PASSWORD, people, VISITOR } from './world/people.ts';

const SEED = 20_261_001;

/** What became of the wish for a demo world. */
export type Opened = { kind: 'there-already' } | ({ kind: 'filled' } & Filled);

/**
 * Sees that there is a demo world in a directory: one that is there stays as it is. A new one comes to be beside it and gets its
 * name when it is whole, so that nothing half-filled is taken for a world. Rejects with StartError.
 */
export async function openWorld(directory: string, nowMs: number): Promise<Opened> {
  if (existsSync(directory)) return { kind: 'there-already' };
  const target = resolve(directory);
  const unfinished = `${target}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(dirname(target), { recursive: true });
  const config = loadConfig({ env: {}, defaults: { data: unfinished, logLevel: 'silent' } });
  const filled = await fillWorld({ config, seed: SEED, nowMs });
  await rename(unfinished, target);
  return { kind: 'filled', ...filled };
}
