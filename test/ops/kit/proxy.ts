import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';

const START_DEADLINE_MS = 20_000;
const ASK_AGAIN_MS = 50;

/** What stands in front of a cluster: HAProxy or nginx with the configuration from `ops/`. */
export interface ReverseProxy extends AsyncDisposable {
  /** With TLS. */
  readonly url: string;
  /** Without; it leads to the other one. */
  readonly plainUrl: string;
  readonly tcpPort: number;
}

export interface ProgramOptions {
  program: string;
  flags: readonly string[];
  env?: Readonly<Record<string, string>>;
}

/** Runs a proxy. Resolves when a node answers through `url`; rejects with what the proxy said when it ended instead. */
export async function runProxy({ program, flags, env }: ProgramOptions, url: string): Promise<AsyncDisposable> {
  const child = spawn(program, flags, { env: { ...process.env, ...env }, stdio: ['ignore', 'ignore', 'pipe'] });
  let output = '';
  child.stderr.on('data', (chunk) => {
    output += chunk;
  });
  const deadline = AbortSignal.timeout(START_DEADLINE_MS);
  while (!(await answersHealth(url))) {
    if (child.exitCode !== null || deadline.aborted) {
      await end(child);
      throw new Error(`${program} did not start:\n${output}`);
    }
    await pause(ASK_AGAIN_MS);
  }
  return { [Symbol.asyncDispose]: () => end(child) };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  await exited;
}

async function answersHealth(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/healthz`)).ok;
  } catch {
    return false;
  }
}
