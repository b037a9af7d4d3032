import type { Transport } from '../client/link.ts';
import { spent, usedBy, usedInWords } from '../measure/used.ts';
import { peopleOf } from '../run/accounts.ts';
import { GeneratorProcess } from '../run/generator.ts';
import { createGroup } from '../run/groups.ts';
import type { System } from '../run/system.ts';
import type { Outcome } from './report.ts';

const ROUNDS = 30;

export interface GreatGroupOptions {
  transport: Transport;
  /** Members who are online. */
  clients: number;
  members: number;
}

/** One group of very many members, of whom some are online: each thing that people do in it by itself. */
export async function runGreatGroup(
  system: System,
  { transport, clients, members }: GreatGroupOptions,
  log: (line: string) => void,
): Promise<Outcome> {
  log(`creating ${members + ROUNDS} accounts`);
  const accounts = await peopleOf(system, members + ROUNDS);
  const [owner] = accounts;
  if (owner === undefined) throw new Error('a group needs somebody');
  log(`creating a group of ${members}`);
  const startedMs = performance.now();
  // One place is for who joins.
  const conversationId = await createGroup(system.port, accounts.slice(0, members - 1), owner);
  const createdS = (performance.now() - startedMs) / 1_000;
  await system.restart();
  const target = system.target(transport);
  const online = accounts.slice(0, clients);
  const newcomers = accounts.slice(members);
  const name = system.storeUrl.startsWith('postgres') ? 'Seeded' : 'Bench';
  const names = { all: name, few: `${name} 7777` };
  const generator = new GeneratorProcess({
    ...{ scenario: 'great-group', target, online, newcomers, conversationId, names, rounds: ROUNDS },
  });
  try {
    await generator.next('connected');
    log(`${clients} of the members are online; doing everything ${ROUNDS} times`);
    const before = usedBy(system);
    const { result } = await generator.next('great-group-finished');
    const used = spent(before, usedBy(system));
    return {
      lines: [
        `the group was made and its members were added in ${Math.round(createdS)} s`,
        ...Object.entries(result).map(
          ([what, { p50, p99, max }]) => `${what.padEnd(34)}p50 ${p50} ms, p99 ${p99} ms, max ${max} ms`,
        ),
        ...usedInWords(used, ROUNDS, 'round'),
      ],
      json: { scenario: 'great-group', transport, clients, members, createdS, result, used },
      good: true,
    };
  } finally {
    await generator.stop();
  }
}
