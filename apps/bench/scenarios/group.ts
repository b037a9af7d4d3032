import type { Transport } from '../client/link.ts';
import { rounded, spent, usedBy, usedInWords } from '../measure/used.ts';
import { peopleOf } from '../run/accounts.ts';
import { GeneratorProcess } from '../run/generator.ts';
import { createGroups } from '../run/groups.ts';
import type { System } from '../run/system.ts';
import type { Outcome } from './report.ts';

export interface GroupOptions {
  scenario: string;
  transport: Transport;
  /** Connections, each of an account of its own; the groups' members go round the accounts. */
  clients: number;
  groups: number;
  members: number;
  seconds: number;
  window: number;
  bodyBytes: number;
}

/** Groups whose members write in turn, as far as they are online: as many of all accounts as there are clients. */
export async function runGroup(system: System, options: GroupOptions, log: (line: string) => void): Promise<Outcome> {
  const { scenario, transport, clients, seconds, window, bodyBytes, groups, members } = options;
  const people = Math.max(clients, members);
  log(`creating ${people} accounts and ${groups} groups of ${members}`);
  const everybody = await peopleOf(system, people);
  const made = await createGroups(system.port, everybody, options);
  const accounts = everybody.slice(0, clients);
  const target = system.target(transport);
  const order = { scenario: 'group', target, accounts, groups: made, seconds, window, bodyBytes } as const;
  const generator = new GeneratorProcess(order);
  try {
    await generator.next('connected');
    log(`${clients} clients connected over ${transport}; measuring for ${seconds} s after a warm-up`);
    await generator.next('window-opened');
    const before = usedBy(system);
    await generator.next('window-closed');
    const used = spent(before, usedBy(system));
    const { result } = await generator.next('group-finished');
    const { deliveriesPerSecond, messagesPerSecond, latencyMs, lost, gaps, repeats, receiptsPerSecond } = result;
    const busy = Math.round(result.generatorUtilization * 100);
    return {
      lines: [
        `${Math.round(deliveriesPerSecond)} deliveries/s of ${Math.round(messagesPerSecond)} messages/s`,
        `latency  p50 ${latencyMs.p50} ms, p99 ${latencyMs.p99} ms, max ${latencyMs.max} ms`,
        `sent ${result.sent}, deliveries lost ${lost}, gaps ${gaps}, repeated ${repeats}; ${Math.round(receiptsPerSecond)} cursors told/s`,
        ...usedInWords(used, deliveriesPerSecond * seconds, 'delivery'),
        `generator busy ${busy} % of the time`,
      ],
      json: { scenario, transport, clients, groups, members, seconds, ...result, used, busy: rounded(busy) },
      good: lost === 0,
    };
  } finally {
    await generator.stop();
  }
}
