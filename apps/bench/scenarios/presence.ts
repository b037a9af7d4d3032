import { DEFAULT_LIMITS } from '@hongyan/protocol';
import type { Transport } from '../client/link.ts';
import { spent, usedBy, usedInWords } from '../measure/used.ts';
import { peopleOf } from '../run/accounts.ts';
import { GeneratorProcess } from '../run/generator.ts';
import type { System } from '../run/system.ts';
import type { Outcome } from './report.ts';

export interface PresenceOptions {
  transport: Transport;
  /** One half watches, the other half comes online. */
  clients: number;
}

/** People who come online while each is on the screens of 200 others, and what that costs beside their coming. */
export async function runPresence(
  system: System,
  { transport, clients }: PresenceOptions,
  log: (line: string) => void,
): Promise<Outcome> {
  const people = Math.floor(clients / 2);
  const watched = Math.min(people, DEFAULT_LIMITS.watchedUsersMax);
  log(`creating ${clients} accounts`);
  const accounts = await peopleOf(system, clients);
  await system.restart();
  const target = system.target(transport);
  const generator = new GeneratorProcess({ scenario: 'presence', target, accounts, watched });
  try {
    await generator.next('connected');
    const before = usedBy(system);
    generator.tell({ name: 'phase' });
    await generator.next('window-opened');
    const alone = spent(before, usedBy(system));
    log(`${people} people came online, whom nobody watched; now each has ${watched} watchers`);
    const beforeWatch = usedBy(system);
    await generator.next('window-closed');
    const watching = spent(beforeWatch, usedBy(system));
    const beforeAgain = usedBy(system);
    generator.tell({ name: 'phase' });
    const { result } = await generator.next('presence-finished');
    const seen = spent(beforeAgain, usedBy(system));
    return {
      lines: [
        `${people} people online in ${Math.round(result.onlineMs)} ms; all ${people * watched} watches knew it after ` +
          `${Math.round(result.allSeenMs)} ms, by ${result.pushes} pushes of ${result.told} presences`,
        'nobody watches:',
        ...usedInWords(alone, people, 'person'),
        `they go, and ${people} sessions begin to watch ${watched} each:`,
        ...usedInWords(watching, people, 'watch'),
        `${watched} watchers each:`,
        ...usedInWords(seen, people, 'person'),
      ],
      json: { scenario: 'presence', transport, people, watched, ...result, alone, watching, seen },
      good: true,
    };
  } finally {
    await generator.stop();
  }
}
