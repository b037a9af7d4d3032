import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, startNats } from '@hongyan/testkit/engines';
import type { Door, Target, Transport } from '../client/link.ts';
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
  /** Sessions that each gateway begins in a second (default: the server's). */
  handshakes?: number | undefined;
}

/** What a process of ours does: `server` is everything in one. */
export type NodeKind = 'server' | 'logic' | 'api' | 'gateway';

const ROLES: Readonly<Record<NodeKind, string>> = {
  server: 'gateway,logic,api,worker',
  logic: 'logic',
  api: 'api',
  gateway: 'gateway',
};

/** What is measured: processes of ours, and the engines they use. */
export class System {
  readonly #nodes = new Map<NodeKind, NodeProcess[]>();
  readonly #engines = new Map<'postgres' | 'nats', number>();
  readonly #parts: AsyncDisposableStack;
  readonly #flags: Record<string, string> = {};

  private constructor(parts: AsyncDisposableStack) {
    this.#parts = parts;
  }

  /** Starts everything empty, on this machine; `parts` gets what was started. */
  static async start(options: SystemOptions, parts = new AsyncDisposableStack()): Promise<System> {
    const system = new System(parts);
    try {
      await system.#startEngines(options);
      await system.#startNodes(options);
      return system;
    } catch (error) {
      await system.stop();
      throw error;
    }
  }

  get storeUrl(): string {
    return this.#flags.store ?? '';
  }

  /** Where REST is. */
  get port(): number {
    const [node] = [...this.nodes('api'), ...this.nodes('server')];
    return node?.door.port ?? 0;
  }

  get gateways(): readonly NodeProcess[] {
    return [...this.nodes('server'), ...this.nodes('gateway')];
  }

  get doors(): readonly Door[] {
    return this.gateways.map(({ door }) => door);
  }

  /** For whoever connects. */
  target(transport: Transport): Target {
    return { transport, apiPort: this.port, doors: this.doors };
  }

  /** Of what runs now, by what they do. */
  get pids(): Readonly<Record<string, readonly number[]>> {
    const pids: Record<string, readonly number[]> = {};
    for (const [name, pid] of this.#engines) pids[name] = [pid];
    for (const [kind, nodes] of this.#nodes) {
      pids[kind] = nodes.filter(({ isRunning }) => isRunning).map(({ pid }) => pid);
    }
    return pids;
  }

  nodes(kind: NodeKind): readonly NodeProcess[] {
    return this.#nodes.get(kind) ?? [];
  }

  /** New processes of ours: what the old ones were busy with is not in their memory. */
  async restart(): Promise<void> {
    for (const nodes of this.#nodes.values()) for (const node of nodes) await node.restart();
  }

  /** Ends what was started and removes its data. */
  stop(): Promise<void> {
    return this.#parts.disposeAsync();
  }

  async #startEngines({ store, bus }: SystemOptions): Promise<void> {
    const data = await mkdtemp(join(tmpdir(), 'hongyan-bench-'));
    this.#parts.defer(() => rm(data, { recursive: true, force: true }));
    Object.assign(this.#flags, { data, store, broker: bus });
    if (store === 'postgres') {
      const postgres = this.#parts.use(await startPostgres());
      this.#flags.store = postgres.url;
      this.#engines.set('postgres', postgres.pid);
    }
    if (bus === 'nats') {
      const nats = this.#parts.use(await startNats());
      this.#flags.broker = nats.url;
      this.#engines.set('nats', nats.pid);
    }
  }

  async #startNodes({ apart, nodes, logic = nodes, handshakes }: SystemOptions): Promise<void> {
    if (handshakes !== undefined) {
      this.#flags['handshakes-per-second'] = String(handshakes);
      this.#flags['handshakes-burst'] = String(handshakes);
    }
    if (!apart) return this.#startKind('server', nodes);
    await this.#startKind('logic', logic);
    await this.#startKind('api', 1);
    await this.#startKind('gateway', nodes);
  }

  async #startKind(kind: NodeKind, count: number): Promise<void> {
    const isReached = kind === 'gateway' || (kind === 'server' && count > 1);
    const startOne = async () => {
      const flags = { ...this.#flags, roles: ROLES[kind], ...(isReached && (await address())) };
      const node = await NodeProcess.start(flags);
      this.#parts.defer(() => node.stop());
      return node;
    };
    this.#nodes.set(kind, await Promise.all(Array.from({ length: count }, startOne)));
  }
}

/** Where people are sent to has to be known before it listens. */
async function address(): Promise<Record<string, string>> {
  const port = String(await freePort());
  return { port, 'public-url': `http://127.0.0.1:${port}` };
}
