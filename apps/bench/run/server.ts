import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const SERVER_MAIN = fileURLToPath(new URL('../../server/main.ts', import.meta.url));
const START_DEADLINE_MS = 20_000;

export interface ServerProcess {
  pid: number;
  port: number;
  tcpPort: number;
  /** Ends it and removes its data. Resolves when both are gone. */
  stop(): Promise<void>;
}

/**
 * The server as anybody would start it, in a process of its own with an empty temporary directory. The only setting that
 * is not a default: one address may create as many accounts as it likes.
 */
export async function startServerProcess(): Promise<ServerProcess> {
  const data = await mkdtemp(join(tmpdir(), 'hongyan-bench-'));
  const flags = { host: '127.0.0.1', port: 0, 'tcp-port': 0, data, 'registrations-per-minute': 0 };
  const argv = Object.entries(flags).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const child = spawn(process.execPath, [SERVER_MAIN, ...argv], { stdio: ['ignore', 'pipe', 'inherit'] });
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGTERM');
      await once(child, 'exit');
    }
    await rm(data, { recursive: true, force: true });
  };
  try {
    return { ...(await serving(child)), pid: child.pid ?? 0, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Waits for the log line that says where the server listens. */
function serving(child: ChildProcess): Promise<{ port: number; tcpPort: number }> {
  const { promise, resolve, reject } = Promise.withResolvers<{ port: number; tcpPort: number }>();
  const deadline = setTimeout(() => reject(new Error('the server did not start in time')), START_DEADLINE_MS);
  child.on('exit', (code) => reject(new Error(`the server ended with code ${code}`)));
  if (child.stdout !== null) {
    createInterface(child.stdout).on('line', (line) => {
      if (!line.includes('"msg":"serving"')) return;
      const { port, tcpPort } = JSON.parse(line) as { port: number; tcpPort: number };
      resolve({ port, tcpPort });
    });
  }
  return promise.finally(() => clearTimeout(deadline));
}
