import type { Target, Transport } from '../client/link.ts';
import { flawless } from '../measure/judge.ts';
import { cpuSeconds, rssBytes } from '../measure/process.ts';
import { createAccounts } from '../run/accounts.ts';
import { GeneratorProcess } from '../run/generator.ts';
import type { DirectResult } from '../run/orders.ts';
import type { ServerProcess } from '../run/server.ts';
import type { Outcome } from './report.ts';

/** Above this part of its time a generator is itself what limits the result. */
const SATURATED_UTILIZATION = 0.95;
const BYTES_PER_MB = 1024 * 1024;

export interface DirectOptions {
  transport: Transport;
  clients: number;
  seconds: number;
  window: number;
  bodyBytes: number;
  rate: number | undefined;
}

/** Pairs of accounts, both sides writing to each other. */
export async function runDirect(
  server: ServerProcess,
  options: DirectOptions,
  log: (line: string) => void,
): Promise<Outcome> {
  const { transport, clients, seconds, window, bodyBytes, rate } = options;
  log(`creating ${clients} accounts`);
  const accounts = await createAccounts(server.port, clients);
  const target: Target = { transport, port: server.port, tcpPort: server.tcpPort };
  const generator = new GeneratorProcess({ scenario: 'direct', target, accounts, seconds, window, bodyBytes, rate });
  try {
    await generator.next('connected');
    log(`${clients} clients connected over ${transport}; measuring for ${seconds} s after a warm-up`);
    await generator.next('window-opened');
    const cpuBefore = cpuSeconds(server.pid);
    await generator.next('window-closed');
    const serverCpuSeconds = cpuSeconds(server.pid) - cpuBefore;
    const serverRssMb = rssBytes(server.pid) / BYTES_PER_MB;
    const { result } = await generator.next('finished');
    return outcome(options, result, { serverCpuSeconds, serverRssMb });
  } finally {
    await generator.stop();
  }
}

function outcome(
  options: DirectOptions,
  result: DirectResult,
  server: { serverCpuSeconds: number; serverRssMb: number },
): Outcome {
  const { transport, clients, seconds } = options;
  const { messagesPerSecond, generatorUtilization, ...counts } = result;
  const json = {
    scenario: 'direct',
    transport,
    clients,
    seconds,
    ...counts,
    messagesPerSecond: Math.round(messagesPerSecond),
    serverCpuSeconds: rounded(server.serverCpuSeconds),
    serverRssMb: rounded(server.serverRssMb),
    generatorUtilization: rounded(generatorUtilization),
    generatorSaturated: generatorUtilization > SATURATED_UTILIZATION,
  };
  const { sent, delivered, lost, duplicated, outOfOrder, latencyMs, ackMs } = result;
  const microsPerMessage = (server.serverCpuSeconds * 1e6) / Math.max(1, messagesPerSecond * seconds);
  const lines = [
    `${json.messagesPerSecond} messages/s end to end`,
    `latency  p50 ${latencyMs.p50} ms, p99 ${latencyMs.p99} ms, max ${latencyMs.max} ms`,
    `sent     p50 ${ackMs.p50} ms, p99 ${ackMs.p99} ms, max ${ackMs.max} ms`,
    `sent ${sent}, delivered ${delivered}, lost ${lost}, duplicated ${duplicated}, out of order ${outOfOrder}`,
    `server   ${json.serverCpuSeconds} CPU s (${Math.round(microsPerMessage)} µs a message), ${json.serverRssMb} MB`,
    `generator busy ${Math.round(generatorUtilization * 100)} % of the time${json.generatorSaturated ? ': IT was the bottleneck' : ''}`,
  ];
  return { lines, json, good: flawless(result) };
}

const rounded = (value: number): number => Math.round(value * 100) / 100;
