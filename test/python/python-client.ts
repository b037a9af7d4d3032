import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const root = new URL('../..', import.meta.url).pathname;
const CLIENT = join(root, 'test/python/client.py');

/** What the client says, a line each. */
export type PythonEvent = { event: string } & Record<string, unknown>;

/** Compiles the schema for Python into a folder of its own, and gives that. */
export function compileSchema(): string {
  const folder = mkdtempSync(join(tmpdir(), 'hongyan-python-'));
  const files = readdirSync(join(root, 'spec/hongyan/v1')).map((name) => `hongyan/v1/${name}`);
  execFileSync('protoc', [`--proto_path=${join(root, 'spec')}`, `--python_out=${folder}`, ...files]);
  return folder;
}

export interface PythonOptions {
  python: string;
  /** Where `compileSchema` put the schema. */
  schema: string;
  url: string;
  tcpPort: number;
  handle: string;
  password: string;
}

/** The client that was written from the rules, as a process. */
export class PythonClient {
  readonly #child: ChildProcess;
  readonly #unread: PythonEvent[] = [];
  #complaints = '';
  #arrived: (() => void) | undefined;

  constructor({ python, schema, url, tcpPort, handle, password }: PythonOptions) {
    const args = [CLIENT, '--server', url, '--tcp', `127.0.0.1:${tcpPort}`, '--handle', handle, '--password', password];
    const env = { ...process.env, PYTHONPATH: schema, PYTHONDONTWRITEBYTECODE: '1' };
    this.#child = spawn(python, args, { stdio: ['pipe', 'pipe', 'pipe'], env });
    if (this.#child.stdout) {
      createInterface(this.#child.stdout).on('line', (line) => {
        this.#unread.push(JSON.parse(line) as PythonEvent);
        this.#arrived?.();
      });
    }
    this.#child.stderr?.on('data', (text) => {
      this.#complaints += text;
    });
    this.#child.on('exit', () => this.#arrived?.());
  }

  command(line: string): void {
    this.#child.stdin?.write(`${line}\n`);
  }

  /** The next event with these fields; those before it are passed over. Rejects when the client ends. */
  async next(wanted: PythonEvent): Promise<PythonEvent> {
    for (;;) {
      const event = this.#unread.shift();
      if (event === undefined) await this.#more();
      else if (Object.entries(wanted).every(([name, value]) => event[name] === value)) return event;
    }
  }

  async end(): Promise<void> {
    if (this.#child.exitCode !== null) return;
    this.#child.kill();
    await once(this.#child, 'exit');
  }

  async #more(): Promise<void> {
    if (this.#child.exitCode !== null) throw new Error(`the client ended: ${this.#complaints}`);
    await new Promise<void>((resolve) => {
      this.#arrived = resolve;
    });
  }
}
