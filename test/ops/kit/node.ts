import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { serverArguments } from '../../../apps/server/command.mjs';

const root = new URL('../../..', import.meta.url).pathname;
const START_DEADLINE_MS = 60_000;
const ASK_AGAIN_MS = 50;

export interface NodeSettings {
  options: Readonly<Record<string, string>>;
  variables: Readonly<Record<string, string>>;
}

/** A process of a cluster, always on the same ports. */
export class Node implements AsyncDisposable {
  readonly port: number;
  readonly #settings: NodeSettings;
  #child: ChildProcess;
  #output = '';

  private constructor(settings: NodeSettings) {
    this.#settings = settings;
    this.port = Number(settings.options.port);
    this.#child = this.#spawn();
  }

  /** Resolves when it serves; rejects with what it said when it ended instead. */
  static async start(settings: NodeSettings): Promise<Node> {
    const node = new Node(settings);
    await node.#serves();
    return node;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** A new process after this one has ended. */
  async restart(): Promise<void> {
    this.#child = this.#spawn();
    await this.#serves();
  }

  /** Answers the exit code once it is gone; null when the signal ended it. */
  async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null> {
    const child = this.#child;
    if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
    return child.exitCode;
  }

  async connectionCount(): Promise<number> {
    const metrics = await (await fetch(`${this.url}/metrics`)).text();
    return Number(/^hongyan_gateway_connections (\d+)/m.exec(metrics)?.[1]);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.end('SIGKILL');
  }

  #spawn(): ChildProcess {
    const { options, variables } = this.#settings;
    const argv = Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]);
    const env = { ...process.env, ...variables };
    const child = spawn(process.execPath, serverArguments(argv), { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        this.#output += chunk;
      });
    }
    return child;
  }

  async #serves(): Promise<void> {
    const deadline = AbortSignal.timeout(START_DEADLINE_MS);
    while (!(await answersHealth(this.url))) {
      if (this.#child.exitCode !== null || deadline.aborted) throw new Error(`no start:\n${this.#output}`);
      await pause(ASK_AGAIN_MS);
    }
  }
}

/** Whether the node, or what is in front of it, says that it serves. */
export async function answersHealth(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/healthz`)).ok;
  } catch {
    return false;
  }
}
