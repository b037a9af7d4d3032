import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadKeys } from './keys.ts';

let directory = '';
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'hongyan-keys-'));
});
afterEach(() => rm(directory, { recursive: true }));

test('[A1] the first start makes a secret for its owner only, and later starts use it', async () => {
  const first = await loadKeys(directory);
  const file = join(directory, 'secret.key');
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(await readFile(file)).toHaveLength(32);
  expect(await loadKeys(directory)).toEqual(first);
  expect(first.access).not.toEqual(first.refresh);
});

test('[P9] a damaged secret is refused rather than used', async () => {
  await writeFile(join(directory, 'secret.key'), 'short');
  await expect(loadKeys(directory)).rejects.toThrow('must have 32 bytes');
});

test('[P9] what a crash left of a first start does not become the secret', async () => {
  await writeFile(join(directory, 'secret.key.new'), 'half', { mode: 0o644 });
  const keys = await loadKeys(directory);
  expect(await readdir(directory)).toEqual(['secret.key']);
  expect((await stat(join(directory, 'secret.key'))).mode & 0o777).toBe(0o600);
  expect(await loadKeys(directory)).toEqual(keys);
});
