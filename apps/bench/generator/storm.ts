import { performance } from 'node:perf_hooks';
import { Holder } from '../client/holder.ts';
import { Returning, type Tally } from '../client/returning.ts';
import type { Report, StormOrder } from '../run/orders.ts';
import { connectAll, keepAlive } from './connecting.ts';
import { cue } from './cue.ts';
import { RollCall } from './roll-call.ts';
import { seed } from './seeding.ts';

/** Signs all in, cuts them when told so (or has them cut by the end of a gateway), and waits until all are back. */
export async function playStorm(order: StormOrder, report: (what: Report) => void): Promise<void> {
  const tally: Tally = { refused: 0, resumed: 0, failed: 0 };
  const rollCall = new RollCall(order.clients);
  await seed(order, tally);
  const clients = clientsOf(order, tally, rollCall);
  await connectAll(clients.length, async (index) => clients[index]?.open());
  keepAlive(clients.map((client) => ({ beat: () => client.session?.beat() })));
  Object.assign(tally, { refused: 0, resumed: 0, failed: 0 });
  report({ name: 'connected' });

  if (order.fault === 'cut') {
    await cue('cut');
    for (const client of clients) client.cut();
  }
  const before = performance.eventLoopUtilization();
  await rollCall.allBack();
  const { utilization } = performance.eventLoopUtilization(before);
  const { allBackMs, halfBackMs, presences } = rollCall;
  report({ name: 'back', result: { ...tally, allBackMs, halfBackMs, presences, generatorUtilization: utilization } });
}

function clientsOf({ accounts, clients, target }: StormOrder, tally: Tally, rollCall: RollCall): Returning[] {
  return Array.from({ length: clients }, (_, index) => {
    const account = accounts[index % accounts.length];
    if (account === undefined) throw new Error('there is no account');
    const listener = new Holder(account.userId);
    return new Returning({
      target,
      index,
      accessToken: account.accessToken,
      tally,
      listener,
      holdings: () => listener.holdings(),
      onLive: rollCall.came,
      onCut: rollCall.left,
    });
  });
}
