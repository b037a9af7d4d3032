import { setTimeout as wait } from 'node:timers/promises';
import type { Transport } from '../client/link.ts';
import { cpuSecondsOf } from '../measure/process.ts';
import { spent, usedBy } from '../measure/used.ts';
import { accountsFor, peopleOf } from '../run/accounts.ts';
import { GeneratorProcess } from '../run/generator.ts';
import type { System } from '../run/system.ts';
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
export async function runIdle(system: System, options: IdleOptions, log: (line: string) => void): Promise<Outcome> {
  const { transport, clients } = options;
  const accountCount = accountsFor(clients, options.accounts);
  log(`creating ${accountCount} accounts`);
  const accounts = await peopleOf(system, accountCount);
  await system.restart();
  await quiet(system);
  const before = usedBy(system);
  const generator = new GeneratorProcess({ scenario: 'idle', target: system.target(transport), accounts, clients });
  try {
    await generator.next('connected');
    const connecting = spent(before, usedBy(system));
    log(`${clients} connections of ${accountCount} accounts over ${transport}; waiting until the server is quiet`);
    await quiet(system);
    const after = usedBy(system);
    const parts = Object.entries(after).map(([name, { rssMb }]) => ({
      name,
      bytesPerConnection: Math.round(((rssMb - (before[name]?.rssMb ?? 0)) * BYTES_PER_MB) / clients),
      rssMbBefore: before[name]?.rssMb ?? 0,
      rssMb,
      connectCpuSeconds: connecting[name]?.cpuSeconds ?? 0,
    }));
    return {
      lines: parts.map(
        ({ name, bytesPerConnection, rssMbBefore, rssMb, connectCpuSeconds }) =>
          `${name.padEnd(9)}${bytesPerConnection} bytes of RSS a connection (${rssMbBefore} MB before, ${rssMb} MB with ${clients}), ${connectCpuSeconds} CPU s to sign them in`,
      ),
      json: { scenario: 'idle', transport, clients, accounts: accountCount, parts },
      good: true,
    };
  } finally {
    await generator.stop();
  }
}

/** Resolves when our processes have used next to no CPU for a while, or when that takes too long to wait for. */
async function quiet({ pids: { postgres, nats, ...own } }: System): Promise<void> {
  const all = Object.values(own).flat();
  let calmSamples = 0;
  let cpu = cpuSecondsOf(all);
  for (let waitedMs = 0; waitedMs < QUIET_DEADLINE_MS && calmSamples < QUIET_SAMPLES; waitedMs += QUIET_SAMPLE_MS) {
    await wait(QUIET_SAMPLE_MS);
    const now = cpuSecondsOf(all);
    calmSamples = now - cpu <= QUIET_CPU_SECONDS * all.length ? calmSamples + 1 : 0;
    cpu = now;
  }
}
