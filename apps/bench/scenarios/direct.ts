import type { Transport } from '../client/link.ts';
import type { Until } from '../client/pace.ts';
import { flawless } from '../measure/judge.ts';
import { isSaturated } from '../measure/saturated.ts';
import { rounded, usedInWords } from '../measure/used.ts';
import { peopleOf } from '../run/accounts.ts';
import type { System } from '../run/system.ts';
import { type Loaded, underLoad } from '../run/under-load.ts';
import type { Outcome } from './report.ts';

export interface DirectOptions {
  transport: Transport;
  clients: number;
  seconds: number;
  window: number;
  bodyBytes: number;
  rate: number | undefined;
}

/** Pairs of accounts, both sides writing to each other. */
export async function runDirect(system: System, options: DirectOptions, log: (line: string) => void): Promise<Outcome> {
  return outcome(options, await loadDirect(system, options, 'sent', log));
}

/** Its load alone; `until` is how long a message counts as under way. */
export async function loadDirect(
  system: System,
  options: DirectOptions,
  until: Until,
  log: (line: string) => void,
): Promise<Loaded<'finished'>> {
  const { transport, clients, seconds, window, bodyBytes, rate } = options;
  log(`creating ${clients} accounts`);
  const accounts = await peopleOf(system, clients);
  const target = system.target(transport);
  return underLoad(
    system,
    { scenario: 'direct', target, accounts, seconds, window, until, bodyBytes, rate },
    'finished',
    () => log(`${clients} clients connected over ${transport}; measuring for ${seconds} s after a warm-up`),
  );
}

function outcome(options: DirectOptions, { result, used }: Loaded<'finished'>): Outcome {
  const { transport, clients, seconds } = options;
  const { messagesPerSecond, generatorUtilization, ...counts } = result;
  const json = {
    scenario: 'direct',
    transport,
    clients,
    seconds,
    ...counts,
    messagesPerSecond: Math.round(messagesPerSecond),
    used,
    generatorUtilization: rounded(generatorUtilization),
    generatorSaturated: isSaturated(generatorUtilization),
  };
  const { sent, delivered, lost, duplicated, outOfOrder, latencyMs, ackMs } = result;
  const lines = [
    `${json.messagesPerSecond} messages/s end to end`,
    `latency  p50 ${latencyMs.p50} ms, p99 ${latencyMs.p99} ms, max ${latencyMs.max} ms`,
    `sent     p50 ${ackMs.p50} ms, p99 ${ackMs.p99} ms, max ${ackMs.max} ms`,
    `sent ${sent}, delivered ${delivered}, lost ${lost}, duplicated ${duplicated}, out of order ${outOfOrder}`,
    ...usedInWords(used, messagesPerSecond * seconds, 'message'),
    `generator busy ${Math.round(generatorUtilization * 100)} % of the time${json.generatorSaturated ? ': IT was the bottleneck' : ''}`,
  ];
  return { lines, json, good: flawless(result) };
}
