import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Client } from 'pg';
import { findBinaries, postgresUser } from './binaries.ts';

export interface TestServer extends AsyncDisposable {
  /** By a socket in the file system, so that tests side by side need no ports. */
  readonly url: string;
  /** Ends all of its processes at once (SIGKILL), wherever they are. */
  kill(): Promise<void>;
  /** Ends it in order, as `pg_ctl stop` does (SIGINT): what is under way is rolled back, and its clients are told. */
  stop(): Promise<void>;
  /** Starts it again on the same data. */
  start(): Promise<void>;
  query(sql: string): Promise<Record<string, unknown>[]>;
}

export interface TestServerOptions {
  /** Beside the defaults; those that would make commits less durable are for the tests that refuse them. */
  settings?: Readonly<Record<string, string>>;
  /** The folder of `initdb` and `postgres`. */
  binaries?: string;
}

/** A PostgreSQL server of this test's own, in a directory that is gone afterwards. */
export async function startServer(options: TestServerOptions = {}): Promise<TestServer> {
  const { settings = {}, binaries = await findBinaries() } = options;
  const user = await postgresUser();
  const directory = await mkdtemp(join(tmpdir(), 'hongyan-postgres-'));
  if (user !== undefined) await chown(directory, user.uid, user.gid);
  const data = join(directory, 'data');
  const url = `postgres://postgres@localhost/postgres?host=${encodeURIComponent(directory)}`;
  const serverArguments = Object.entries({
    listen_addresses: '',
    unix_socket_directories: directory,
    max_connections: '200',
    ...settings,
  }).flatMap(([name, value]) => ['-c', `${name}=${value}`]);

  const run = (program: string, programArguments: string[]) =>
    spawn(join(binaries, program), ['-D', data, ...programArguments], { ...user, stdio: ['ignore', 'ignore', 'pipe'] });

  async function initialise(): Promise<void> {
    const initdb = run('initdb', ['-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync']);
    initdb.stderr.pipe(process.stderr);
    const [code] = await once(initdb, 'exit');
    if (code !== 0) throw new Error(`initdb ended with code ${code}`);
  }

  /** Resolves when it takes connections; rejects with what it said when it ended instead. */
  async function startProcess() {
    const child = run('postgres', serverArguments);
    const log: string[] = [];
    for await (const line of createInterface({ input: child.stderr })) {
      log.push(line);
      if (!line.includes('database system is ready to accept connections')) continue;
      child.stderr.resume();
      return child;
    }
    throw new Error(`PostgreSQL did not start:\n${log.join('\n')}`);
  }

  /** The sessions of a killed server take a moment to see that it is gone, and hold its memory so long. */
  async function startAgain() {
    for (;;) {
      try {
        return await startProcess();
      } catch (error) {
        if (!String(error).includes('pre-existing shared memory block')) throw error;
      }
    }
  }

  async function end(signal: 'SIGINT' | 'SIGQUIT' | 'SIGKILL'): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
  }

  async function query(sql: string): Promise<Record<string, unknown>[]> {
    const client = new Client({ connectionString: url });
    await client.connect();
    try {
      return (await client.query(sql)).rows;
    } finally {
      await client.end();
    }
  }

  await initialise();
  let child = await startProcess();
  return {
    url,
    query,
    async kill() {
      const sessions = await query('SELECT pid FROM pg_stat_activity WHERE pid <> pg_backend_pid()');
      const ended = end('SIGKILL');
      for (const { pid } of sessions) killIfThere(Number(pid));
      await ended;
    },
    stop: () => end('SIGINT'),
    async start() {
      child = await startAgain();
    },
    async [Symbol.asyncDispose]() {
      await end('SIGQUIT');
      await rm(directory, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

function killIfThere(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
