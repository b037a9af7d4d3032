import { flawless } from '../measure/judge.ts';
import { isSaturated } from '../measure/saturated.ts';
import { rounded, type Used } from '../measure/used.ts';
import { findInstallation, type Installation, NotInstalled } from '../rivals/ejabberd/installation.ts';
import { startEjabberd } from '../rivals/ejabberd/system.ts';
import { interruptibly } from '../run/interrupt.ts';
import type { TalkResult } from '../run/orders.ts';
import { System, type SystemOptions } from '../run/system.ts';
import { underLoad } from '../run/under-load.ts';
import { loadDirect } from './direct.ts';
import type { Outcome } from './report.ts';

export interface CompareOptions {
  clients: number;
  seconds: number;
  bodyBytes: number;
  /** ejabberd's connections to PostgreSQL. */
  sqlPool: number;
}

/** Messages under way of each client, in one run after the other. */
const WINDOWS = [1, 8];
/** ejabberd keeps an archive for each of the two. */
const ROWS_PER_MESSAGE = 2;

interface Measured {
  result: TalkResult;
  used: Readonly<Record<string, Used>>;
  /** Whether everything that was sent is in the store, as far as the verdict does not say so. */
  stored: boolean;
}

interface Contestant {
  name: string;
  /** Starts it empty, loads it, and leaves in `parts` what has to end. */
  measure(window: number, options: CompareOptions, log: Log, parts: AsyncDisposableStack): Promise<Measured>;
}

type Log = (line: string) => void;

/** ejabberd and Hongyan, one after the other on this machine, each empty at first, under the same load over plain TCP. */
export async function runCompare(options: CompareOptions, log: Log): Promise<Outcome> {
  let installation: Installation;
  try {
    installation = await findInstallation();
  } catch (error) {
    if (!(error instanceof NotInstalled)) throw error;
    return { lines: [error.message], json: { scenario: 'compare', error: error.message }, good: false };
  }
  const contestants = [
    ejabberd(installation),
    hongyan('Hongyan, PostgreSQL and NATS', { store: 'postgres', bus: 'nats' }),
    hongyan('Hongyan, SQLite', { store: 'sqlite', bus: 'none' }),
  ];
  const runs: Run[] = [];
  for (const window of WINDOWS) {
    for (const contestant of contestants) {
      log(`${contestant.name}, window ${window}`);
      const parts = new AsyncDisposableStack();
      const measured = await interruptibly(parts, () => contestant.measure(window, options, log, parts));
      runs.push({ name: contestant.name, window, ...measured });
    }
  }
  return outcome(options, runs);
}

const ejabberd = (installation: Installation): Contestant => ({
  name: `ejabberd ${installation.version}, archive in PostgreSQL`,
  async measure(window, { clients, seconds, bodyBytes, sqlPool }, log, parts) {
    const system = await startEjabberd(installation, { accounts: clients, sqlPool }, parts);
    const order = { scenario: 'ejabberd', port: system.port, clients, seconds, window, bodyBytes } as const;
    const { result, used } = await underLoad(system, order, 'ejabberd-finished', () =>
      log(`${clients} clients connected over tcp; measuring for ${seconds} s after a warm-up`),
    );
    return { result, used, stored: (await system.archived()) === result.sent * ROWS_PER_MESSAGE };
  },
});

const hongyan = (name: string, engines: Pick<SystemOptions, 'store' | 'bus'>): Contestant => ({
  name,
  async measure(window, options, log, parts) {
    const system = await System.start({ ...engines, nodes: 1, apart: false }, parts);
    const load = { ...options, window, transport: 'tcp', rate: undefined } as const;
    const { result, used } = await loadDirect(system, load, 'delivered', log);
    return { result, used, stored: true };
  },
});

interface Run extends Measured {
  name: string;
  window: number;
}

function outcome({ clients, seconds, bodyBytes, sqlPool }: CompareOptions, runs: readonly Run[]): Outcome {
  const json = { scenario: 'compare', transport: 'tcp', clients, seconds, bodyBytes, sqlPool, runs };
  const good = runs.every(({ result, stored }) => flawless(result) && stored);
  return { lines: runs.flatMap((run) => inWords(run, seconds)), json, good };
}

function inWords({ name, window, result, used, stored }: Run, seconds: number): string[] {
  const { messagesPerSecond, latencyMs, ackMs, sent, lost, duplicated, outOfOrder, generatorUtilization } = result;
  const micros = ({ cpuSeconds }: Used) => Math.round((cpuSeconds * 1e6) / Math.max(1, messagesPerSecond * seconds));
  const cpu = Object.entries(used).map(([part, itsUse]) => `${part} ${micros(itsUse)} µs`);
  const busy = `generator busy ${Math.round(generatorUtilization * 100)} % of the time`;
  return [
    `${name}, window ${window}: ${Math.round(messagesPerSecond)} messages/s`,
    `  delivered p50 ${rounded(latencyMs.p50)} ms, p99 ${rounded(latencyMs.p99)} ms`,
    `  acknowledged p50 ${rounded(ackMs.p50)} ms, p99 ${rounded(ackMs.p99)} ms`,
    `  CPU a message: ${cpu.join(', ')}`,
    `  sent ${sent}, lost ${lost}, duplicated ${duplicated}, out of order ${outOfOrder}${stored ? '' : ', NOT ALL ARE STORED'}`,
    `  ${busy}${isSaturated(generatorUtilization) ? ': IT was the bottleneck' : ''}`,
  ];
}
