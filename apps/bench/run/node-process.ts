import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { serverArguments } from '@hongyan/app-server/command';
import type { Door } from '../client/link.ts';
import { API_KEY } from './backend.ts';

const START_DEADLINE_MS = 30_000;
const FREE_PORTS: Door = { port: 0, tcpPort: 0 };

/** One process of ours. The only settings that are not defaults: it tells its figures, and one address may do as often as it likes what costs much. */
export class NodeProcess {
  readonly #flags: Readonly<Record<string, string>>;
  #child: ChildProcess;
  #door: Door;

  private constructor(flags: Readonly<Record<string, string>>, child: ChildProcess, door: Door) {
    this.#flags = flags;
    this.#child = child;
    this.#door = door;
  }

  /** On free ports of this machine where the flags name none. Resolves when it serves. */
  static async start(flags: Readonly<Record<string, string>>): Promise<NodeProcess> {
    const child = spawnNode(flags, FREE_PORTS);
    try {
      return new NodeProcess(flags, child, await serving(child));
    } catch (error) {
      await end(child);
      throw error;
    }
  }

  get isRunning(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  get door(): Door {
    return this.#door;
  }

  /** Ends it in order and starts a new process, on other ports where the flags name none: its memory is empty. */
  async restart(): Promise<void> {
    await this.stop();
    await this.#startAt(FREE_PORTS);
  }

  /** Kills it and starts a new process on the same ports, as a supervisor would. */
  async crash(): Promise<void> {
    await this.kill();
    await this.#startAt(this.#door);
  }

  /** It ends without a word, and stays away. */
  async kill(): Promise<void> {
    await end(this.#child, 'SIGKILL');
  }

  /** It ends in order. */
  async stop(): Promise<void> {
    await end(this.#child);
  }

  async #startAt(door: Door): Promise<void> {
    this.#child = spawnNode(this.#flags, door);
    this.#door = await serving(this.#child);
  }
}

function spawnNode(flags: Readonly<Record<string, string>>, { port, tcpPort }: Door): ChildProcess {
  const unlimited = {
    'registrations-per-minute': '0',
    'polling-connections-per-minute': '0',
    'api-key-requests-per-minute': '0',
    metrics: 'on',
    'api-key': API_KEY,
  };
  const all = { host: '127.0.0.1', port: String(port), 'tcp-port': String(tcpPort), ...unlimited, ...flags };
  const argv = Object.entries(all).flatMap(([name, value]) => [`--${name}`, value]);
  return spawn(process.execPath, serverArguments(argv), { stdio: ['ignore', 'pipe', 'inherit'] });
}

async function end(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill(signal);
  await once(child, 'exit');
}

/** Waits for the log line that says where the server listens. */
function serving(child: ChildProcess): Promise<Door> {
  const { promise, resolve, reject } = Promise.withResolvers<Door>();
  const deadline = setTimeout(() => reject(new Error('the server did not start in time')), START_DEADLINE_MS);
  child.on('exit', (code) => reject(new Error(`the server ended with code ${code}`)));
  if (child.stdout !== null) {
    createInterface(child.stdout).on('line', (line) => {
      if (!line.includes('"msg":"serving"')) return;
      const { port, tcpPort } = JSON.parse(line) as Door;
      resolve({ port, tcpPort });
    });
  }
  return promise.finally(() => clearTimeout(deadline));
}
