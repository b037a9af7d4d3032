import { setTimeout as wait } from 'node:timers/promises';
import type { Transport } from '../client/link.ts';
import { ConnectionWatch, type Spread } from '../measure/connection-watch.ts';
import { flawless } from '../measure/judge.ts';
import { rounded, spent, type Used, usedBy, usedInWords } from '../measure/used.ts';
import { accountsFor, peopleOf } from '../run/accounts.ts';
import { GeneratorProcess } from '../run/generator.ts';
import type { StormFault, StormResult, WritingResult } from '../run/orders.ts';
import type { System } from '../run/system.ts';
import type { Outcome } from './report.ts';

const WRITERS = 100;
const MESSAGES_PER_SECOND = 500;
const MS_PER_SECOND = 1_000;

export interface StormOptions {
  transport: Transport;
  clients: number;
  /** No more than there are clients, and one for every eight of them at least. */
  accounts: number;
  seconds: number;
  bodyBytes: number;
  rate: number | undefined;
  fault: StormFault;
}

const EVENTS: Readonly<Record<StormFault, string>> = {
  cut: 'all clients are cut',
  restart: 'all gateways are killed and started again',
  lose: 'one gateway is killed',
};

/** Many clients are cut off at once and come back, while others write: how long it takes, and what the writers notice. */
export async function runStorm(system: System, options: StormOptions, log: (line: string) => void): Promise<Outcome> {
  const { bodyBytes, clients, fault, rate = MESSAGES_PER_SECOND, seconds, transport } = options;
  if (fault === 'lose' && system.gateways.length < 2) throw new Error('--fault lose takes --nodes of 2 or more');
  const accountCount = accountsFor(clients, options.accounts);
  log(`creating ${accountCount + WRITERS} accounts`);
  const created = await peopleOf(system, accountCount + WRITERS);
  const [writers, accounts] = [created.slice(0, WRITERS), created.slice(WRITERS)];
  const target = system.target(transport);
  const storm = new GeneratorProcess({ scenario: 'storm', target, accounts, clients, bodyBytes, fault });
  const writing = new GeneratorProcess({ scenario: 'writing', target, accounts: writers, rate, bodyBytes });
  const watch = new ConnectionWatch(target.doors);
  try {
    await Promise.all([storm.next('connected'), writing.next('connected')]);
    log(`${clients} clients and ${WRITERS} writers connected over ${transport}; ${rate} messages/s for ${seconds} s`);
    watch.start();
    await wait(seconds * MS_PER_SECOND);
    log(EVENTS[fault]);
    writing.tell({ name: 'phase' });
    watch.markFault();
    await strike(system, fault, storm);
    const before = usedBy(system);
    const { result } = await storm.next('back');
    const used = spent(before, usedBy(system));
    watch.stop();
    writing.tell({ name: 'stop' });
    const written = await writing.next('written');
    return outcome(options, result, written.result, used, watch.spreads);
  } finally {
    watch.stop();
    await Promise.all([storm.stop(), writing.stop()]);
  }
}

async function strike({ gateways }: System, fault: StormFault, storm: GeneratorProcess): Promise<void> {
  switch (fault) {
    case 'cut':
      storm.tell({ name: 'cut' });
      return;
    case 'restart':
      await Promise.all(gateways.map((gateway) => gateway.crash()));
      return;
    case 'lose':
      await gateways[0]?.kill();
      return;
  }
}

function outcome(
  { clients, fault, transport }: StormOptions,
  { presences, ...result }: StormResult,
  { phases, waits: _waits, phasesAtMs: _at, generatorUtilization: _busy, ...verdict }: WritingResult,
  used: Record<string, Used>,
  gateways: Spread[],
): Outcome {
  const { allBackMs, halfBackMs, refused, resumed, failed } = result;
  const away = clients - Math.min(clients, ...presences.map(({ present }) => present));
  const [sendBeforeMs, sendDuringMs] = phases;
  const json = {
    scenario: 'storm',
    transport,
    clients,
    fault,
    away,
    ...result,
    generatorUtilization: rounded(result.generatorUtilization),
    sendBeforeMs,
    sendDuringMs,
    ...verdict,
    used,
    back: presences,
    gateways,
  };
  const times = (of: typeof sendBeforeMs) => `p50 ${of?.p50} ms, p99 ${of?.p99} ms, max ${of?.max} ms`;
  const { sent, delivered, lost, duplicated, outOfOrder } = verdict;
  const lines = [
    `at least ${away} were away; all back after ${allBackMs} ms (half after ${halfBackMs} ms)`,
    `refused  ${refused} times, resumed ${resumed}, failed otherwise ${failed}`,
    ...(gateways.length > 1 ? [`connections of each gateway before: ${gateways[0]?.connections.join(', ')}`] : []),
    ...(gateways.length > 1 ? [`                     at the end: ${gateways.at(-1)?.connections.join(', ')}`] : []),
    `sent     before ${times(sendBeforeMs)}`,
    `         during ${times(sendDuringMs)}`,
    `sent ${sent}, delivered ${delivered}, lost ${lost}, duplicated ${duplicated}, out of order ${outOfOrder}`,
    ...usedInWords(used, clients, 'client'),
    `generator busy ${Math.round(result.generatorUtilization * 100)} % of the time`,
  ];
  return { lines, json, good: flawless(verdict) };
}
