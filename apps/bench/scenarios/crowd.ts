import { setTimeout as wait } from 'node:timers/promises';
import type { Transport } from '../client/link.ts';
import { ConnectionWatch } from '../measure/connection-watch.ts';
import { kernelMemory } from '../measure/kernel.ts';
import { rounded, spent, usedBy, usedInWords } from '../measure/used.ts';
import { peopleOf } from '../run/accounts.ts';
import { GeneratorProcess } from '../run/generator.ts';
import type { CrowdResult } from '../run/orders.ts';
import type { System } from '../run/system.ts';
import type { Outcome } from './report.ts';

export interface CrowdOptions {
  transport: Transport;
  clients: number;
  seconds: number;
  bodyBytes: number;
  rate: number | undefined;
}

/** Of one generator: below the file descriptors that a process may have, and even, as neighbours write to each other. */
const GENERATOR_CLIENTS_MAX = 14_000;
const RATE = 500;
const BYTES_PER_MB = 1024 * 1024;
const SETTLE_MS = 5_000;
const CONNECTING_SAMPLE_MS = 5_000;

/** As many connections as the machine bears, each of an account of its own; a few of them write. */
export async function runCrowd(system: System, options: CrowdOptions, log: (line: string) => void): Promise<Outcome> {
  const { transport, clients, seconds, bodyBytes, rate = RATE } = options;
  log(`seeding ${clients} accounts`);
  const accounts = await peopleOf(system, clients);
  const target = system.target(transport);
  const [empty, kernelEmpty] = [usedBy(system), await kernelMemory()];
  const share = Math.ceil(clients / Math.ceil(clients / GENERATOR_CLIENTS_MAX) / 2) * 2;
  const generators: GeneratorProcess[] = [];
  const watch = new ConnectionWatch(target.doors, CONNECTING_SAMPLE_MS);
  const startedMs = performance.now();
  watch.start();
  try {
    for (let from = 0; from < clients; from += share) {
      const own = accounts.slice(from, from + share);
      const part = { scenario: 'crowd', target, accounts: own, bodyBytes } as const;
      generators.push(new GeneratorProcess({ ...part, rate: (rate * own.length) / clients }));
    }
    for (const [index, generator] of generators.entries()) {
      await generator.next('connected');
      log(`generator ${index + 1} of ${generators.length} has its connections`);
    }
    const connectSeconds = (performance.now() - startedMs) / 1_000;
    watch.stop();
    await wait(SETTLE_MS);
    const [full, kernelFull] = [usedBy(system), await kernelMemory()];
    const usedConnecting = spent(empty, full);
    for (const generator of generators) generator.tell({ name: 'write' });
    await wait(seconds * 1_000);
    const used = spent(full, usedBy(system));
    for (const generator of generators) generator.tell({ name: 'stop' });
    const results: CrowdResult[] = [];
    for (const generator of generators) results.push((await generator.next('crowd-finished')).result);
    const worst = (of: (result: CrowdResult) => number) => Math.max(...results.map(of));
    const sum = (of: (result: CrowdResult) => number) => results.reduce((total, result) => total + of(result), 0);
    const gatewayBytes = (mb: (used: typeof full) => number) => ((mb(full) - mb(empty)) * BYTES_PER_MB) / clients;
    const serverBytes = Math.round(gatewayBytes((each) => each.gateway?.rssMb ?? each.server?.rssMb ?? 0));
    const kernelBytes = Math.round((kernelFull - kernelEmpty) / clients);
    const json = {
      scenario: 'crowd',
      transport,
      clients: sum(({ connected }) => connected),
      connectSeconds: rounded(connectSeconds),
      serverBytesPerConnection: serverBytes,
      kernelBytesPerConnectionBothEnds: kernelBytes,
      rate,
      written: sum(({ written }) => written),
      undelivered: sum(({ undelivered }) => undelivered),
      sentP99Ms: worst(({ sentMs }) => sentMs.p99),
      arrivedP99Ms: worst(({ arrivedMs }) => arrivedMs.p99),
      failures: sum(({ failures }) => failures),
      memoryMb: Object.fromEntries(Object.entries(full).map(([name, { rssMb }]) => [name, rssMb])),
      used,
      usedConnecting,
      connecting: watch.spreads.map(({ atMs, connections }) => ({ atMs, connected: total(connections) })),
    };
    return {
      lines: [
        `${json.clients} connections on ${system.doors.length} gateways, all signed in after ${json.connectSeconds} s`,
        ...usedInWords(usedConnecting, clients, 'sign-in'),
        `a connection costs ${serverBytes} bytes in its gateway and ${kernelBytes} in the kernel, both ends together`,
        `${json.written} messages at ${rate}/s: sent p99 ${json.sentP99Ms} ms, arrived p99 ${json.arrivedP99Ms} ms, undelivered ${json.undelivered}, failures ${json.failures} ${results.map(({ lastFailure }) => lastFailure).find((text) => text !== '') ?? ''}`,
        ...usedInWords(used, seconds, 'second'),
      ],
      json,
      good: json.undelivered === 0 && json.failures === 0,
    };
  } finally {
    watch.stop();
    await Promise.all(generators.map((generator) => generator.stop()));
  }
}

const total = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0);
