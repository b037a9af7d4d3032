import { rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { Client } from 'pg';
import { createData, end, launch, makePlace, type Place } from './place.ts';

export interface TestServer extends AsyncDisposable {
  /** By a socket in the file system, so that tests side by side need no ports. */
  readonly url: string;
  /** Ends all of its processes at once (SIGKILL), wherever they are. */
  kill(): Promise<void>;
  /** Ends it in order: its sessions end, and its standbys get all that it wrote. */
  stop(): Promise<void>;
  /** Starts it again on the same data. */
  start(): Promise<void>;
  /** Stops all of its processes where they are (SIGSTOP), as a machine does that hangs. */
  freeze(): Promise<void>;
  /** Lets them go on. */
  thaw(): void;
  query(sql: string): Promise<Record<string, unknown>[]>;
}

export type Settings = Readonly<Record<string, string>>;

export interface TestServerOptions {
  /** Beside the defaults; those that would make commits less durable are for the tests that refuse them. */
  settings?: Settings;
  /** The folder of `initdb` and `postgres`. */
  binaries?: string;
}

/** A PostgreSQL server of this test's own, in a directory that is gone afterwards. */
export async function startServer({ settings, binaries }: TestServerOptions = {}): Promise<TestServer> {
  const place = await makePlace(binaries);
  await createData(place);
  return runServer(place, settings);
}

/** Starts a server on data that is there. */
export async function runServer(place: Place, settings: Settings = {}): Promise<TestServer> {
  const { directory } = place;
  const { port = '5432' } = settings;
  const url = `postgres://postgres@localhost:${port}/postgres?host=${encodeURIComponent(directory)}`;
  const serverArguments = Object.entries({
    listen_addresses: '',
    unix_socket_directories: directory,
    max_connections: '200',
    ...settings,
  }).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  let frozen: number[] = [];

  /** Resolves when it takes connections; rejects with what it said when it ended instead. */
  async function startProcess() {
    const child = launch(place, 'postgres', serverArguments);
    const log: string[] = [];
    for await (const line of createInterface({ input: child.stderr })) {
      log.push(line);
      if (!/ready to accept (read-only )?connections/.test(line)) continue;
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

  async function query(sql: string): Promise<Record<string, unknown>[]> {
    const client = new Client({ connectionString: url });
    await client.connect();
    try {
      return (await client.query(sql)).rows;
    } finally {
      await client.end();
    }
  }

  async function processes(): Promise<number[]> {
    const rows = await query('SELECT pid FROM pg_stat_activity WHERE pid <> pg_backend_pid()');
    return rows.map(({ pid }) => Number(pid));
  }

  const thaw = () => {
    for (const pid of frozen.splice(0)) signalIfThere(pid, 'SIGCONT');
  };

  let child = await startProcess();
  return {
    url,
    query,
    async kill() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const pids = frozen.length > 0 ? frozen.splice(0) : await processes();
      const ended = end(child, 'SIGKILL');
      for (const pid of pids) signalIfThere(pid, 'SIGKILL');
      await ended;
    },
    stop: () => end(child, 'SIGINT'),
    async start() {
      child = await startAgain();
    },
    async freeze() {
      frozen = [...(child.pid === undefined ? [] : [child.pid]), ...(await processes())];
      for (const pid of frozen) signalIfThere(pid, 'SIGSTOP');
    },
    thaw,
    async [Symbol.asyncDispose]() {
      thaw();
      await end(child, 'SIGQUIT');
      await rm(directory, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

function signalIfThere(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
