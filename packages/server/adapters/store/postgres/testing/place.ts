import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chown, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findBinaries, postgresUser } from './binaries.ts';

/** Where a server of a test lives. */
export interface Place {
  /** Of its sockets, and of `data`; made for this server. */
  directory: string;
  data: string;
  /** The folder of the programs. */
  binaries: string;
  user: { uid: number; gid: number } | undefined;
}

export async function makePlace(binaries?: string): Promise<Place> {
  const user = await postgresUser();
  const directory = await mkdtemp(join(tmpdir(), 'hongyan-postgres-'));
  if (user !== undefined) await chown(directory, user.uid, user.gid);
  return { directory, data: join(directory, 'data'), binaries: binaries ?? (await findBinaries()), user };
}

/** Starts one of PostgreSQL's programs on the data; what it complains of is on its standard error. */
export function launch({ binaries, data, user }: Place, program: string, programArguments: readonly string[]) {
  return spawn(join(binaries, program), ['-D', data, ...programArguments], {
    ...user,
    // That user may not be allowed into the project's folder.
    cwd: '/',
    stdio: ['ignore', 'ignore', 'pipe'],
  });
}

/** Runs one of PostgreSQL's programs to its end. */
export async function run(place: Place, program: string, programArguments: readonly string[]): Promise<void> {
  const child = launch(place, program, programArguments);
  child.stderr.pipe(process.stderr);
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`${program} ended with code ${code}`);
}

/** A database of nothing. */
export const createData = (place: Place): Promise<void> =>
  run(place, 'initdb', ['-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync']);

/** Ends a program that may have ended already. */
export async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill(signal);
  await exited;
}
