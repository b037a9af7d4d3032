import { setTimeout as wait } from 'node:timers/promises';
import type { Target, Transport } from '../client/link.ts';
import { cpuSeconds, rssBytes } from '../measure/process.ts';
import { accountsFor, createAccounts } from '../run/accounts.ts';
import { GeneratorProcess } from '../run/generator.ts';
import type { ServerProcess } from '../run/server.ts';
import type { Outcome } from './report.ts';

const QUIET_SAMPLE_MS = 500;
const QUIET_SAMPLES = 4;
/** Below this much CPU in a sample a process with timers does nothing else. */
const QUIET_CPU_SECONDS = 0.03;
const QUIET_DEADLINE_MS = 30_000;
const BYTES_PER_MB = 1024 * 1024;

export interface IdleOptions {
  transport: Transport;
  clients: number;
  /** No more than there are clients, and one for every eight of them at least. */
  accounts: number;
}

/** Many connections that say nothing: what one of them costs in memory. */
export async function runIdle(
  server: ServerProcess,
  options: IdleOptions,
  log: (line: string) => void,
): Promise<Outcome> {
  const { transport, clients } = options;
  const accountCount = accountsFor(clients, options.accounts);
  log(`creating ${accountCount} accounts`);
  const accounts = await createAccounts(server.port, accountCount);
  await server.restart();
  await quiet(server.pid);
  const before = rssBytes(server.pid);
  const cpuBefore = cpuSeconds(server.pid);
  const target: Target = { transport, doors: [server.door] };
  const generator = new GeneratorProcess({ scenario: 'idle', target, accounts, clients });
  try {
    await generator.next('connected');
    const connectCpuSeconds = Math.round((cpuSeconds(server.pid) - cpuBefore) * 100) / 100;
    log(`${clients} connections of ${accountCount} accounts over ${transport}; waiting until the server is quiet`);
    await quiet(server.pid);
    const after = rssBytes(server.pid);
    const bytesPerConnection = Math.round((after - before) / clients);
    const mb = (bytes: number) => Math.round(bytes / BYTES_PER_MB);
    return {
      lines: [
        `${bytesPerConnection} bytes of RSS a connection (${mb(before)} MB before, ${mb(after)} MB with ${clients})`,
        `${connectCpuSeconds} CPU s of the server to sign all of them in`,
      ],
      json: {
        scenario: 'idle',
        transport,
        clients,
        accounts: accountCount,
        bytesPerConnection,
        serverRssMbBefore: mb(before),
        serverRssMb: mb(after),
        connectCpuSeconds,
      },
      good: true,
    };
  } finally {
    await generator.stop();
  }
}

/** Resolves when a process has used next to no CPU for a while, or when that takes too long to wait for. */
async function quiet(pid: number): Promise<void> {
  let calmSamples = 0;
  let cpu = cpuSeconds(pid);
  for (let waitedMs = 0; waitedMs < QUIET_DEADLINE_MS && calmSamples < QUIET_SAMPLES; waitedMs += QUIET_SAMPLE_MS) {
    await wait(QUIET_SAMPLE_MS);
    const now = cpuSeconds(pid);
    calmSamples = now - cpu <= QUIET_CPU_SECONDS ? calmSamples + 1 : 0;
    cpu = now;
  }
}
