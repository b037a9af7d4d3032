import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Installation } from './installation.ts';

const START_DEADLINE_MS = 60_000;
const POLL_MS = 100;

/**
 * As `ejabberdctl foreground` starts it (kernel polling, many Erlang processes), but on its own: it has no name, so that it
 * needs no port mapper that would outlive it. Its schedulers do not spin when they have nothing to do (sbwt), which on few
 * cores would take time from PostgreSQL.
 */
const ERLANG_FLAGS = [
  '+K',
  'true',
  '+P',
  '250000',
  '+sbwt',
  'none',
  '+sbwtdcpu',
  'none',
  '+sbwtdio',
  'none',
  '-noinput',
];

/** One ejabberd. All it writes is in `directory`. */
export class EjabberdNode implements AsyncDisposable {
  readonly #child: ChildProcess;
  readonly #log: string;

  private constructor(child: ChildProcess, log: string) {
    this.#child = child;
    this.#log = log;
  }

  /** Starts the process, which does not serve yet. */
  static async spawn({ libraries }: Installation, directory: string, config: string): Promise<EjabberdNode> {
    const spool = join(directory, 'spool');
    const log = join(directory, 'ejabberd.log');
    const configPath = join(directory, 'ejabberd.yml');
    await mkdir(spool);
    await writeFile(configPath, config);
    const flags = [...ERLANG_FLAGS, '-mnesia', 'dir', `"${spool}"`, '-s', 'ejabberd'];
    const env = {
      ...process.env,
      HOME: directory,
      ERL_LIBS: libraries,
      ERL_CRASH_DUMP_BYTES: '0',
      ERL_MAX_PORTS: '32000',
      EJABBERD_CONFIG_PATH: configPath,
      EJABBERD_LOG_PATH: log,
    };
    // A group of its own: Ctrl-C is for the bench, which ends it.
    const child = spawn('erl', flags, { cwd: directory, env, detached: true, stdio: 'ignore' });
    return new EjabberdNode(child, log);
  }

  /** Of the Erlang machine: the scripts that start it become it. */
  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** Resolves when it takes connections; rejects with the end of its log when it does not. */
  async serving(port: number): Promise<void> {
    for (let waitedMs = 0; waitedMs < START_DEADLINE_MS && this.#runs(); waitedMs += POLL_MS) {
      if (await accepts(port)) return;
      await wait(POLL_MS);
    }
    const log = await readFile(this.#log, 'utf8').catch(() => 'no log');
    throw new Error(`ejabberd did not start:\n${log.slice(-4000)}`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.#runs()) return;
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await ended;
  }

  #runs(): boolean {
    return this.#child.pid !== undefined && this.#child.exitCode === null && this.#child.signalCode === null;
  }
}

async function accepts(port: number): Promise<boolean> {
  const socket = createConnection({ host: '127.0.0.1', port });
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
