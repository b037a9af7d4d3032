import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort, startPostgres as startServer } from '@hongyan/testkit/engines';

export interface BenchPostgres extends AsyncDisposable {
  /** Over TCP, as from another machine: not everything that is measured can use a socket in the file system. */
  readonly url: string;
  readonly port: number;
  /** Of its first process, whose children are the others. */
  readonly pid: number;
  query(sql: string): Promise<Record<string, unknown>[]>;
}

/** An empty PostgreSQL with memory for a bench, and every commit on disk before it is answered, as by default. */
export async function startPostgres(): Promise<BenchPostgres> {
  const port = await freePort();
  const settings = {
    port: String(port),
    listen_addresses: '127.0.0.1',
    shared_buffers: '512MB',
    max_wal_size: '4GB',
  };
  const server = await startServer({ settings });
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    port,
    pid: await pidOf(server.url, port),
    query: server.query,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

/** The process id is in the lock beside the server's socket. */
async function pidOf(url: string, port: number): Promise<number> {
  const folder = new URL(url).searchParams.get('host') ?? '';
  return Number((await readFile(join(folder, `.s.PGSQL.${port}.lock`), 'utf8')).split('\n')[0]);
}
