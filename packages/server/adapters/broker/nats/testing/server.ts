import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { access } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { freePort } from '../../../../testing/free-port.ts';

export interface TestNats extends AsyncDisposable {
  readonly url: string;
  readonly pid: number;
  /** Ends it at once (SIGKILL). */
  kill(): Promise<void>;
  /** Ends it in order (SIGTERM). */
  stop(): Promise<void>;
  /** Starts it again on the same port. */
  start(): Promise<void>;
}

const places = ['/usr/sbin/nats-server', '/usr/bin/nats-server', '/usr/local/bin/nats-server'];

/** A NATS server of this test's own, on a free port of the loopback. Rejects, with what to install, when there is none. */
export async function startNats(flags: readonly string[] = []): Promise<TestNats> {
  const program = await findProgram();
  const port = await freePort();
  let child = await run(program, port, flags);
  const end = async (signal: 'SIGKILL' | 'SIGTERM') => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  };
  return {
    url: `nats://127.0.0.1:${port}`,
    get pid() {
      return child.pid ?? 0;
    },
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
    async start() {
      child = await run(program, port, flags);
    },
    [Symbol.asyncDispose]: () => end('SIGKILL'),
  };
}

async function findProgram(): Promise<string> {
  for (const place of places) {
    const isThere = await access(place).then(
      () => true,
      () => false,
    );
    if (isThere) return place;
  }
  throw new Error(`no nats-server in ${places.join(', ')}; Debian: apt-get install nats-server`);
}

async function run(program: string, port: number, flags: readonly string[]): Promise<ChildProcess> {
  const child = spawn(program, ['-a', '127.0.0.1', '-p', String(port), ...flags], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const log: string[] = [];
  for await (const line of createInterface({ input: child.stderr })) {
    log.push(line);
    if (!line.includes('Server is ready')) continue;
    child.stderr.resume();
    return child;
  }
  throw new Error(`NATS did not start:\n${log.join('\n')}`);
}
