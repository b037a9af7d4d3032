import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A data directory that is gone at the end of the test: `await using`. */
export async function temporaryDirectory(): Promise<AsyncDisposable & { path: string }> {
  const path = await mkdtemp(join(tmpdir(), 'hongyan-store-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true }) };
}
