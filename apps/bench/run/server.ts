import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { serverArguments } from '@hongyan/app-server/command';

const START_DEADLINE_MS = 20_000;

/** The server in a process of its own. */
export class ServerProcess {
  #child: ChildProcess;
  #address: Address;
  readonly #data: string;

  constructor(child: ChildProcess, address: Address, data: string) {
    this.#child = child;
    this.#address = address;
    this.#data = data;
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  get port(): number {
    return this.#address.port;
  }

  get tcpPort(): number {
    return this.#address.tcpPort;
  }

  /** A new process on the same data: what the old one was busy with is not in its memory. The ports are others. */
  async restart(): Promise<void> {
    await end(this.#child);
    this.#child = spawnServer(this.#data);
    this.#address = await serving(this.#child);
  }

  /** Kills it and starts a new process on the same data and ports, as a supervisor would. */
  async crash(): Promise<void> {
    this.#child.kill('SIGKILL');
    await once(this.#child, 'exit');
    this.#child = spawnServer(this.#data, this.#address);
    this.#address = await serving(this.#child);
  }

  /** Ends it and removes its data. Resolves when both are gone. */
  async stop(): Promise<void> {
    await end(this.#child);
    await rm(this.#data, { recursive: true, force: true });
  }
}

interface Address {
  port: number;
  tcpPort: number;
}

/**
 * The server as anybody would start it, in a process of its own with an empty temporary directory. The only settings that
 * are not defaults: one address may create as many accounts, and open as many connections, as it likes.
 */
export async function startServerProcess(): Promise<ServerProcess> {
  const data = await mkdtemp(join(tmpdir(), 'hongyan-bench-'));
  const child = spawnServer(data);
  try {
    return new ServerProcess(child, await serving(child), data);
  } catch (error) {
    await end(child);
    await rm(data, { recursive: true, force: true });
    throw error;
  }
}

function spawnServer(data: string, { port, tcpPort }: Address = { port: 0, tcpPort: 0 }): ChildProcess {
  const unlimited = { 'registrations-per-minute': 0, 'polling-connections-per-minute': 0 };
  const flags = { host: '127.0.0.1', port, 'tcp-port': tcpPort, data, ...unlimited };
  const argv = Object.entries(flags).flatMap(([name, value]) => [`--${name}`, String(value)]);
  return spawn(process.execPath, serverArguments(argv), { stdio: ['ignore', 'pipe', 'inherit'] });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
}

/** Waits for the log line that says where the server listens. */
function serving(child: ChildProcess): Promise<Address> {
  const { promise, resolve, reject } = Promise.withResolvers<Address>();
  const deadline = setTimeout(() => reject(new Error('the server did not start in time')), START_DEADLINE_MS);
  child.on('exit', (code) => reject(new Error(`the server ended with code ${code}`)));
  if (child.stdout !== null) {
    createInterface(child.stdout).on('line', (line) => {
      if (!line.includes('"msg":"serving"')) return;
      const { port, tcpPort } = JSON.parse(line) as Address;
      resolve({ port, tcpPort });
    });
  }
  return promise.finally(() => clearTimeout(deadline));
}
