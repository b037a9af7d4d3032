import { setTimeout as wait } from 'node:timers/promises';
import type { Target, Transport } from '../client/link.ts';
import { flawless } from '../measure/judge.ts';
import { cpuSeconds, rssBytes } from '../measure/process.ts';
import { accountsFor, createAccounts } from '../run/accounts.ts';
import { GeneratorProcess } from '../run/generator.ts';
import type { StormResult, WritingResult } from '../run/orders.ts';
import type { ServerProcess } from '../run/server.ts';
import type { Outcome } from './report.ts';

const WRITERS = 100;
const MESSAGES_PER_SECOND = 500;
const BYTES_PER_MB = 1024 * 1024;
const MS_PER_SECOND = 1_000;

export interface StormOptions {
  transport: Transport;
  clients: number;
  /** No more than there are clients, and one for every eight of them at least. */
  accounts: number;
  seconds: number;
  bodyBytes: number;
  rate: number | undefined;
  restart: boolean;
}

/** All clients are cut at once and come back, while others write: how long it takes, and what the writers notice. */
export async function runStorm(
  server: ServerProcess,
  options: StormOptions,
  log: (line: string) => void,
): Promise<Outcome> {
  const { bodyBytes, clients, rate = MESSAGES_PER_SECOND, restart, seconds, transport } = options;
  const accountCount = accountsFor(clients, options.accounts);
  log(`creating ${accountCount + WRITERS} accounts`);
  const created = await createAccounts(server.port, accountCount + WRITERS);
  const [writers, accounts] = [created.slice(0, WRITERS), created.slice(WRITERS)];
  const target: Target = { transport, doors: [server.door] };
  const storm = new GeneratorProcess({ scenario: 'storm', target, accounts, clients, bodyBytes, restart });
  const writing = new GeneratorProcess({ scenario: 'writing', target, accounts: writers, rate, bodyBytes });
  try {
    await Promise.all([storm.next('connected'), writing.next('connected')]);
    log(`${clients} clients and ${WRITERS} writers connected over ${transport}; ${rate} messages/s for ${seconds} s`);
    await wait(seconds * MS_PER_SECOND);
    log(restart ? 'the server is killed and started again' : 'all clients are cut');
    const cpuBefore = restart ? 0 : cpuSeconds(server.pid);
    writing.tell({ name: 'cut' });
    if (restart) await server.crash();
    else storm.tell({ name: 'cut' });
    const { result } = await storm.next('back');
    const serverCpuSeconds = cpuSeconds(server.pid) - cpuBefore;
    const serverRssMb = rssBytes(server.pid) / BYTES_PER_MB;
    writing.tell({ name: 'stop' });
    const written = await writing.next('written');
    return outcome(options, result, written.result, { serverCpuSeconds, serverRssMb });
  } finally {
    await Promise.all([storm.stop(), writing.stop()]);
  }
}

function outcome(
  { clients, restart, transport }: StormOptions,
  result: StormResult,
  written: WritingResult,
  server: { serverCpuSeconds: number; serverRssMb: number },
): Outcome {
  const { allBackMs, halfBackMs, refused, resumed, failed } = result;
  const { sent, delivered, lost, duplicated, outOfOrder, sendBeforeMs, sendDuringMs } = written;
  const json = {
    scenario: 'storm',
    transport,
    clients,
    restart,
    allBackMs,
    halfBackMs,
    handshakesPerSecond: Math.round((clients * MS_PER_SECOND) / allBackMs),
    refused,
    failed,
    resumed,
    sendBeforeMs,
    sendDuringMs,
    sent,
    delivered,
    lost,
    duplicated,
    outOfOrder,
    serverCpuSeconds: rounded(server.serverCpuSeconds),
    serverRssMb: Math.round(server.serverRssMb),
    generatorUtilization: rounded(result.generatorUtilization),
  };
  const times = ({ p50, p99, max }: typeof sendBeforeMs) => `p50 ${p50} ms, p99 ${p99} ms, max ${max} ms`;
  const lines = [
    `all back after ${allBackMs} ms (half after ${halfBackMs} ms): ${json.handshakesPerSecond} handshakes/s`,
    `refused  ${refused} times, resumed ${resumed}, failed otherwise ${failed}`,
    `sent     before ${times(sendBeforeMs)}`,
    `         during ${times(sendDuringMs)}`,
    `sent ${sent}, delivered ${delivered}, lost ${lost}, duplicated ${duplicated}, out of order ${outOfOrder}`,
    `server   ${json.serverCpuSeconds} CPU s, ${json.serverRssMb} MB`,
    `generator busy ${Math.round(result.generatorUtilization * 100)} % of the time`,
  ];
  return { lines, json, good: flawless(written) };
}

const rounded = (value: number): number => Math.round(value * 100) / 100;
