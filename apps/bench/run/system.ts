import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startNats } from '@hongyan/testkit/engines';
import type { Door } from '../client/link.ts';
import { NodeProcess } from './node-process.ts';
import { startPostgres } from './postgres.ts';

export interface SystemOptions {
  /** A URL is one that runs already. */
  store: 'sqlite' | 'postgres' | string;
  /** A URL is one that runs already. */
  bus: 'none' | 'nats' | string;
  /** Processes of ours, each a gateway. */
  nodes: number;
  /** Whether logic and API have processes of their own. */
  apart: boolean;
  /** Processes with logic, if they are apart (default: as many as gateways). */
  logic?: number | undefined;
}

/** What is measured: processes of ours, and the engines they use. */
export interface System {
  /** Where REST is. */
  readonly port: number;
  readonly storeUrl: string;
  readonly doors: readonly Door[];
  /** By what they do. */
  readonly pids: Readonly<Record<string, readonly number[]>>;
  /** Ends what was started and removes its data. */
  stop(): Promise<void>;
}

/** Starts everything empty, on this machine; `parts` gets what was started. */
export async function startSystem(options: SystemOptions, parts = new AsyncDisposableStack()): Promise<System> {
  try {
    return await assemble(options, parts);
  } catch (error) {
    await parts.disposeAsync();
    throw error;
  }
}

async function assemble(
  { store, bus, nodes, apart, logic = nodes }: SystemOptions,
  parts: AsyncDisposableStack,
): Promise<System> {
  const data = await mkdtemp(join(tmpdir(), 'hongyan-bench-'));
  parts.defer(() => rm(data, { recursive: true, force: true }));
  const pids: Record<string, readonly number[]> = {};
  const flags: Record<string, string> = { data, store, broker: bus };
  if (store === 'postgres') {
    const postgres = parts.use(await startPostgres());
    flags.store = postgres.url;
    pids.postgres = [postgres.pid];
  }
  if (bus === 'nats') {
    const nats = parts.use(await startNats());
    flags.broker = nats.url;
    pids.nats = [nats.pid];
  }
  const storeUrl = flags.store ?? '';
  const start = async (count: number, roles: string) => {
    const started = await Promise.all(Array.from({ length: count }, () => NodeProcess.start({ ...flags, roles })));
    for (const node of started) parts.defer(() => node.stop());
    pids[roles.includes(',') ? 'server' : roles] = started.map(({ pid }) => pid);
    return started.map(({ door }) => door);
  };
  if (!apart) {
    const doors = await start(nodes, 'gateway,logic,api,worker');
    return { port: doors[0]?.port ?? 0, storeUrl, doors, pids, stop: () => parts.disposeAsync() };
  }
  await start(logic, 'logic');
  const [api] = await start(1, 'api');
  const doors = await start(nodes, 'gateway');
  return { port: api?.port ?? 0, storeUrl, doors, pids, stop: () => parts.disposeAsync() };
}
