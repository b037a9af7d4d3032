import { link, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { SdkError } from '../types.ts';
import { decodeIdentity, encodeIdentity, identityOf, isAlive, type ProcessIdentity } from './process-identity.ts';

const FILE = 'lock';
/** Each round removes the lock of a program that is gone, or waits for another one that does; more than this are no accident. */
const ROUNDS_MAX = 50;
const PAUSE_MS = 20;

/** Folders held by this very process: what is in a lock file may also be of a program that had its pid before. */
const held = new Set<string>();

/**
 * Takes the folder for this program and gives what releases it. Rejects with SdkError `store-in-use` while another program that
 * is alive, or another store of this program, uses it. A program that dies leaves its lock file; the next one removes it.
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const key = resolve(folder);
  if (held.has(key)) throw inUse(folder, process.pid);
  held.add(key);
  try {
    await writeLock(folder);
  } catch (error) {
    held.delete(key);
    throw error;
  }
  return async () => {
    await remove(join(folder, FILE)).catch(() => {});
    held.delete(key);
  };
}

async function writeLock(folder: string): Promise<void> {
  const path = join(folder, FILE);
  const removing = `${path}.removing`;
  const own = `${path}.${process.pid}`;
  await writeFile(own, encodeIdentity(await identityOf(process.pid)), { mode: 0o600 });
  try {
    for (let round = 0; round < ROUNDS_MAX; round++) {
      // A link appears with its content or not at all.
      if (await succeeds(link(own, path), 'EEXIST')) return;
      // One at a time judges and removes: what is judged is then what is removed.
      if (await succeeds(link(own, removing), 'EEXIST')) {
        await removeStale(path, folder).finally(() => remove(removing));
      } else {
        await giveWay(removing);
      }
    }
    throw new SdkError('store', `${path} comes back however often it is removed`);
  } finally {
    await remove(own);
  }
}

async function removeStale(path: string, folder: string): Promise<void> {
  const owner = await ownerOf(path);
  if (owner === undefined) return;
  if (await holds(owner)) throw inUse(folder, owner.pid);
  await remove(path);
}

/** Waits for the one that removes; if it died in that, what it left is removed. */
async function giveWay(removing: string): Promise<void> {
  const owner = await ownerOf(removing);
  if (owner === undefined) return;
  if (await holds(owner)) await setTimeout(PAUSE_MS);
  else await remove(removing);
}

const remove = (path: string) => rm(path, { force: true });

async function ownerOf(path: string): Promise<ProcessIdentity | undefined> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  return text === undefined ? undefined : decodeIdentity(text);
}

/** This process holds no folder that it would ask for again. */
const holds = async (owner: ProcessIdentity) => owner.pid !== process.pid && (await isAlive(owner));

/** Whether it did; false for the one error that is expected. */
async function succeeds(work: Promise<void>, expectedCode: string): Promise<boolean> {
  try {
    await work;
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === expectedCode) return false;
    throw error;
  }
}

const inUse = (folder: string, pid: number) =>
  new SdkError('store-in-use', `another program uses this folder: ${folder} (process ${pid})`);
