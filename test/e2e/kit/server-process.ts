import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serverArguments } from '../../../apps/server/command.mjs';
import { freePort } from '../../../packages/server/testing/free-port.ts';

const root = new URL('../../..', import.meta.url).pathname;
const START_DEADLINE_MS = 30_000;
const ASK_AGAIN_MS = 50;

/** The real server as a process of its own, on a data directory and ports that survive its death. */
export class ServerProcess {
  readonly port: number;
  readonly tcpPort: number;
  readonly directory: string;
  readonly #flags: readonly string[];
  #child: ChildProcess | undefined;
  #output = '';

  private constructor(port: number, tcpPort: number, directory: string, flags: readonly string[]) {
    this.port = port;
    this.tcpPort = tcpPort;
    this.directory = directory;
    this.#flags = flags;
  }

  /** A running one on `directory`, which has to be there; without one, on a new one. Disposing it removes either. */
  static async create(directory?: string): Promise<ServerProcess> {
    const server = await ServerProcess.prepare([], directory);
    await server.start();
    return server;
  }

  /** One that is to be started; `flags` are beside those for its ports and its directory. */
  static async prepare(flags: readonly string[], directory?: string): Promise<ServerProcess> {
    const [port, tcpPort] = [await freePort(), await freePort()];
    const data = directory ?? (await mkdtemp(join(tmpdir(), 'hongyan-e2e-')));
    return new ServerProcess(port, tcpPort, data, flags);
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Of the running process. Throws when there is none. */
  get pid(): number {
    const { pid, exitCode, signalCode } = this.#child ?? {};
    if (pid === undefined || exitCode !== null || signalCode !== null) throw new Error('the server is not running');
    return pid;
  }

  get isRunning(): boolean {
    return this.#child?.exitCode === null && this.#child.signalCode === null;
  }

  get output(): string {
    return this.#output;
  }

  /** Resolves once the server says that it serves. `options` come on top of those that it has in every life. */
  async start(options: readonly string[] = []): Promise<void> {
    const child = spawn(
      process.execPath,
      serverArguments([
        ...['--host', '127.0.0.1', '--port', String(this.port), '--tcp-port', String(this.tcpPort)],
        ...['--data', this.directory, '--registrations-per-minute', '0', '--sign-ins-per-minute', '0'],
        ...this.#flags,
        ...options,
      ]),
      { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    this.#child = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk) => {
        this.#output += chunk;
      });
    }
    const said = once(child, 'close');
    const deadline = AbortSignal.timeout(START_DEADLINE_MS);
    while (!(await isHealthy(this.url))) {
      if (child.exitCode !== null) await said;
      if (child.exitCode !== null || deadline.aborted) throw new Error(`the server did not start:\n${this.#output}`);
      await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS));
    }
  }

  /** Ends the process with `signal` and answers its exit code once it is gone. */
  async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> {
    const child = this.#child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return child?.exitCode ?? null;
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
    return child.exitCode;
  }

  async dispose(): Promise<void> {
    await this.end('SIGKILL');
    await rm(this.directory, { recursive: true, force: true });
  }
}

async function isHealthy(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/healthz`)).ok;
  } catch {
    return false;
  }
}
