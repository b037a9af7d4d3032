import { setTimeout as wait } from 'node:timers/promises';
import type { Transport } from '../client/link.ts';
import { flawless } from '../measure/judge.ts';
import { rounded } from '../measure/used.ts';
import { peopleOf } from '../run/accounts.ts';
import { GeneratorProcess } from '../run/generator.ts';
import type { System } from '../run/system.ts';
import type { Outcome } from './report.ts';

const MESSAGES_PER_SECOND = 500;
const MS_PER_SECOND = 1_000;

export interface RollingOptions {
  transport: Transport;
  clients: number;
  /** Before, between and after. */
  seconds: number;
  bodyBytes: number;
  rate: number | undefined;
}

/** All clients write to each other, while a node with logic is replaced and a gateway is drained. */
export async function runRolling(
  system: System,
  options: RollingOptions,
  log: (line: string) => void,
): Promise<Outcome> {
  const { transport, clients, seconds, bodyBytes, rate = MESSAGES_PER_SECOND } = options;
  const [logic, gateway] = [system.nodes('logic')[0], system.nodes('gateway')[0]];
  if (logic === undefined || system.nodes('logic').length < 2 || gateway === undefined || system.gateways.length < 2) {
    throw new Error('rolling takes --apart, --nodes of 2 or more, and --logic of 2 or more');
  }
  log(`creating ${clients} accounts`);
  const accounts = await peopleOf(system, clients);
  const target = system.target(transport);
  const generator = new GeneratorProcess({ scenario: 'writing', target, accounts, rate, bodyBytes });
  const steps = [
    { name: 'logic replaced', take: () => logic.restart() },
    { name: 'gateway drained', take: () => gateway.stop() },
  ];
  try {
    await generator.next('connected');
    log(`${clients} clients write ${rate} messages/s over ${transport}; ${seconds} s before, between and after`);
    await wait(seconds * MS_PER_SECOND);
    for (const { name, take } of steps) {
      log(name);
      generator.tell({ name: 'phase' });
      await take();
      await wait(seconds * MS_PER_SECOND);
    }
    generator.tell({ name: 'stop' });
    const { result } = await generator.next('written');
    const { phases, phasesAtMs, waits, generatorUtilization, ...verdict } = result;
    const names = ['before', ...steps.map(({ name }) => name)];
    const busy = rounded(generatorUtilization);
    const { sent, delivered, lost, duplicated, outOfOrder } = verdict;
    return {
      lines: [
        ...phases.map(
          ({ p50, p99, max }, index) => `${names[index]?.padEnd(16)}p50 ${p50} ms, p99 ${p99} ms, max ${max} ms`,
        ),
        `sent ${sent}, delivered ${delivered}, lost ${lost}, duplicated ${duplicated}, out of order ${outOfOrder}`,
        `generator busy ${Math.round(busy * 100)} % of the time`,
      ],
      json: {
        scenario: 'rolling',
        transport,
        clients,
        rate,
        ...verdict,
        phases: phases.map((percentiles, index) => ({ name: names[index], ...percentiles })),
        events: steps.map(({ name }, index) => ({ atMs: phasesAtMs[index + 1], name })),
        waits,
        generatorUtilization: busy,
      },
      good: flawless(verdict),
    };
  } finally {
    await generator.stop();
  }
}
