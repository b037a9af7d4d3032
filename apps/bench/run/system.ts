import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startNats, startPostgres } from '@hongyan/testkit/engines';
import type { Door } from '../client/link.ts';
import { NodeProcess } from './node-process.ts';

export interface SystemOptions {
  /** A URL is one that runs already. */
  store: 'sqlite' | 'postgres' | string;
  /** A URL is one that runs already. */
  bus: 'none' | 'nats' | string;
  /** Processes of ours, each a gateway. */
  nodes: number;
  /** Whether logic and API have processes of their own: as many with logic as there are gateways, and one API. */
  apart: boolean;
}

/** What is measured: processes of ours, and the engines they use. */
export interface System {
  /** Where REST is. */
  readonly port: number;
  readonly doors: readonly Door[];
  /** By what they do. */
  readonly pids: Readonly<Record<string, readonly number[]>>;
  /** Ends what was started and removes its data. */
  stop(): Promise<void>;
}

/** Starts everything empty, on this machine. */
export async function startSystem(options: SystemOptions): Promise<System> {
  const parts = new AsyncDisposableStack();
  try {
    return await assemble(options, parts);
  } catch (error) {
    await parts.disposeAsync();
    throw error;
  }
}

async function assemble({ store, bus, nodes, apart }: SystemOptions, parts: AsyncDisposableStack): Promise<System> {
  const data = await mkdtemp(join(tmpdir(), 'hongyan-bench-'));
  parts.defer(() => rm(data, { recursive: true, force: true }));
  const pids: Record<string, readonly number[]> = {};
  const flags: Record<string, string> = { data, store, broker: bus };
  if (store === 'postgres') {
    const postgres = parts.use(await startPostgres({ settings: { shared_buffers: '512MB', max_wal_size: '4GB' } }));
    flags.store = postgres.url;
    pids.postgres = [await postmasterOf(postgres.url)];
  }
  if (bus === 'nats') {
    const nats = parts.use(await startNats());
    flags.broker = nats.url;
    pids.nats = [nats.pid];
  }
  const start = async (count: number, roles: string) => {
    const started = await Promise.all(Array.from({ length: count }, () => NodeProcess.start({ ...flags, roles })));
    for (const node of started) parts.defer(() => node.stop());
    pids[roles.includes(',') ? 'server' : roles] = started.map(({ pid }) => pid);
    return started.map(({ door }) => door);
  };
  if (!apart) {
    const doors = await start(nodes, 'gateway,logic,api,worker');
    return { port: doors[0]?.port ?? 0, doors, pids, stop: () => parts.disposeAsync() };
  }
  await start(nodes, 'logic');
  const [api] = await start(1, 'api');
  const doors = await start(nodes, 'gateway');
  return { port: api?.port ?? 0, doors, pids, stop: () => parts.disposeAsync() };
}

/** The process id is in the lock beside the server's socket. */
async function postmasterOf(url: string): Promise<number> {
  const folder = new URL(url).searchParams.get('host') ?? '';
  return Number((await readFile(join(folder, '.s.PGSQL.5432.lock'), 'utf8')).split('\n')[0]);
}
