import type { Clock } from '@hongyan/core';
import type { Side } from '../faults/link.ts';
import type { SeededRandom } from '../random/seeded-random.ts';
import type { Trace } from '../trace.ts';
import type { Plan } from './plan.ts';
import type { SimulatedServer } from './server.ts';

export interface DisturbanceParts {
  clock: Clock;
  random: SeededRandom;
  trace: Trace;
  plan: Plan;
  server: SimulatedServer;
  /** Called when the disk has what a crash left on it. */
  onServerCrashed: () => void;
}

const noticings: readonly (readonly Side[])[] = [
  ['client', 'server'],
  ['client', 'server'],
  ['client'],
  ['server'],
  [],
];

/** Cut connections, server crashes and restarts, at moments the seed decides. */
export function scheduleDisturbances({ clock, random, trace, plan, server, onServerCrashed }: DisturbanceParts): void {
  const start = () => {
    if (server.isRunning) return;
    trace.write('the server starts');
    server.start();
  };
  const crash = () => {
    if (!server.isRunning) return;
    trace.write('the server crashes');
    void server.crash().then(onServerCrashed);
    clock.schedule(random.between(1, 3_000), start);
  };
  /** A restart at noon. */
  const restart = () => {
    if (!server.isRunning) return;
    trace.write('the server is asked to stop');
    void server.stop().then(() => clock.schedule(random.between(1, 3_000), start));
  };
  const cut = () => {
    const links = server.links;
    if (links.length === 0) return;
    const noticedBy = random.pick(noticings);
    trace.write(`a connection is cut, noticed by ${noticedBy.join(' and ') || 'nobody'}`);
    random.pick(links).cut(noticedBy);
  };
  for (let fault = 0; fault < plan.faults; fault++) {
    clock.schedule(random.between(0, plan.faultyMs), random.pick([cut, cut, cut, cut, crash, crash, restart]));
  }
}
