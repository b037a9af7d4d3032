import { DEFAULT_LIMITS, directConversationId } from '@hongyan/protocol';
import { closedLoop, openLoop, type Pace } from '../client/pace.ts';
import { Talker } from '../client/talker.ts';
import { judgeConversation, sumVerdicts } from '../measure/judge.ts';
import { Meter } from '../measure/meter.ts';
import type { DirectOrder, DirectResult, Report } from '../run/orders.ts';
import { bodyOf } from './body.ts';
import { connectAll, keepAlive } from './connecting.ts';
import { drain } from './draining.ts';
import { measure } from './measuring.ts';

const OPEN_LOOP_TICK_MS = 2;
const MS_PER_SECOND = 1_000;

export type Pair = readonly [Talker, Talker];

/** Lets the pairs talk: warm-up, measured window, drain, verdict. */
export async function playDirect(order: DirectOrder, report: (what: Report) => void): Promise<void> {
  const meter = new Meter();
  const failure = Promise.withResolvers<never>();
  const pairs = pairUp(order, meter, (reason) => failure.reject(new Error(reason)));
  const result = run(order, pairs, meter, report);
  report({ name: 'finished', result: await Promise.race([result, failure.promise]) });
}

async function run(
  order: DirectOrder,
  pairs: Pair[],
  meter: Meter,
  report: (what: Report) => void,
): Promise<DirectResult> {
  const talkers = pairs.flat();
  await connectAll(talkers.length, async (index) => talkers[index]?.connect(order.target, index));
  keepAlive(talkers.map(({ session }) => session));
  report({ name: 'connected' });

  for (const [index, [a, b]] of pairs.entries()) {
    a.start(b, paceOf(order, index * 2));
    b.start(a, paceOf(order, index * 2 + 1));
  }
  const ticking = order.rate === undefined ? undefined : setInterval(() => sendDue(talkers), OPEN_LOOP_TICK_MS);

  const measured = await measure(meter, order.seconds, report);
  clearInterval(ticking);
  const gapsFetched = await drain(pairs);
  return {
    ...sumVerdicts(pairs.map(([a, b]) => judgeConversation(a, b))),
    ...measured,
    receipts: meter.receipts,
    gapsFetched,
    pushesRepeated: talkers.reduce((sum, { log }) => sum + log.repeats, 0),
  };
}

function pairUp({ accounts, bodyBytes }: DirectOrder, meter: Meter, onFailure: (reason: string) => void): Pair[] {
  const body = bodyOf(bodyBytes);
  const pairs: Pair[] = [];
  for (let index = 0; index + 1 < accounts.length; index += 2) {
    const [a, b] = accounts.slice(index, index + 2);
    if (a === undefined || b === undefined) break;
    const shared = { conversationId: directConversationId(a.userId, b.userId), body, meter, onFailure };
    pairs.push([new Talker({ ...shared, account: a }), new Talker({ ...shared, account: b })]);
  }
  return pairs;
}

function paceOf({ rate, window, until, accounts }: DirectOrder, index: number): Pace {
  if (rate === undefined) return closedLoop(window, until);
  const intervalMs = (accounts.length * MS_PER_SECOND) / rate;
  const startMs = performance.now() + (index * MS_PER_SECOND) / rate;
  return openLoop({ window: DEFAULT_LIMITS.commandsInFlightMax, startMs, intervalMs });
}

function sendDue(talkers: readonly Talker[]): void {
  for (const talker of talkers) talker.sendDue();
}
