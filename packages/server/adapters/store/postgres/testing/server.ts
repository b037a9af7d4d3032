import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Client } from 'pg';
import { findBinaries, postgresUser } from './binaries.ts';

export interface TestServer extends AsyncDisposable {
  readonly url: string;
  readonly port: number;
  /** Ends the server without a word (SIGKILL); what it had not written to the disk's log is gone. */
  kill(): Promise<void>;
  /** Starts it again on the same data. */
  start(): Promise<void>;
  query(sql: string): Promise<Record<string, unknown>[]>;
}

/** Settings beside the defaults; those that would make commits less durable are for the tests that refuse them. */
export type Settings = Readonly<Record<string, string>>;

/** A PostgreSQL server of this test's own, on a free port and in a directory that is gone afterwards. */
export async function startServer(settings: Settings = {}): Promise<TestServer> {
  const binaries = await findBinaries();
  const user = await postgresUser();
  const directory = await mkdtemp(join(tmpdir(), 'hongyan-postgres-'));
  if (user !== undefined) await chown(directory, user.uid, user.gid);
  const identity = user ?? {};
  const data = join(directory, 'data');
  const initdb = spawn(
    join(binaries, 'initdb'),
    ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'],
    { ...identity, stdio: ['ignore', 'ignore', 'inherit'] },
  );
  const [code] = await once(initdb, 'exit');
  if (code !== 0) throw new Error(`initdb ended with code ${code}`);

  const port = await freePort();
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
  const options = Object.entries({ max_connections: '200', ...settings }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
  let child = spawnServer();

  function spawnServer() {
    const network = ['-p', String(port), '-c', 'listen_addresses=127.0.0.1', '-k', directory];
    return spawn(join(binaries, 'postgres'), ['-D', data, ...network, ...options], {
      ...identity,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
  }

  async function ready(): Promise<void> {
    const log: string[] = [];
    for await (const line of createInterface({ input: child.stderr })) {
      log.push(line);
      if (!line.includes('database system is ready to accept connections')) continue;
      child.stderr.resume();
      return;
    }
    throw new Error(`PostgreSQL did not start:\n${log.join('\n')}`);
  }

  async function end(signal: 'SIGQUIT' | 'SIGKILL'): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
  }

  await ready();
  return {
    url,
    port,
    kill: () => end('SIGKILL'),
    async start() {
      // The processes of the one before it may take a moment to see that it is gone, and hold its memory so long.
      for (;;) {
        child = spawnServer();
        try {
          return await ready();
        } catch (error) {
          if (!String(error).includes('pre-existing shared memory block')) throw error;
        }
      }
    },
    async query(sql) {
      const client = new Client({ connectionString: url });
      await client.connect();
      try {
        return (await client.query(sql)).rows;
      } finally {
        await client.end();
      }
    },
    async [Symbol.asyncDispose]() {
      await end('SIGQUIT');
      if (existsSync(directory)) await rm(directory, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('a server without a port');
  return address.port;
}
