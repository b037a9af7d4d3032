import { link, readFile, rename, unlink, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { SdkError } from '../types.ts';

const FILE = 'lock';
/** Each round removes the lock of a program that is gone; more of them than this are no accident. */
const ROUNDS_MAX = 10;

/** Folders held by this very process: its pid in a lock file may also be that of a program which had it before. */
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
    await unlink(join(folder, FILE)).catch(() => {});
    held.delete(key);
  };
}

async function writeLock(folder: string): Promise<void> {
  const path = join(folder, FILE);
  const own = join(folder, `${FILE}.${process.pid}`);
  await writeFile(own, String(process.pid), { mode: 0o600 });
  try {
    for (let round = 0; round < ROUNDS_MAX; round++) {
      // A link appears with its content or not at all.
      if (await succeeds(link(own, path), 'EEXIST')) return;
      await removeStale(path, folder);
    }
    throw new SdkError('store', `${path} comes back however often it is removed`);
  } finally {
    await unlink(own);
  }
}

/** Takes the lock aside before it is judged: what is judged is then what is removed, and nobody else removes it too. */
async function removeStale(path: string, folder: string): Promise<void> {
  const pid = await ownerOf(path);
  if (pid === undefined) return;
  if (isAlive(pid)) throw inUse(folder, pid);
  const aside = `${path}.stale.${process.pid}`;
  if (!(await succeeds(rename(path, aside), 'ENOENT'))) return;
  const taken = await ownerOf(aside);
  if (taken !== undefined && isAlive(taken)) await succeeds(link(aside, path), 'EEXIST');
  await unlink(aside);
}

async function ownerOf(path: string): Promise<number | undefined> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  return text === undefined ? undefined : Number(text);
}

function isAlive(pid: number): boolean {
  // This process holds no folder that it would ask for again.
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

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
