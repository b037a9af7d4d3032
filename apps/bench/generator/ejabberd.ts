import { setTimeout as wait } from 'node:timers/promises';
import { closedLoop } from '../client/pace.ts';
import { sumVerdicts } from '../measure/judge.ts';
import { Meter } from '../measure/meter.ts';
import { EjabberdTalker } from '../rivals/ejabberd/talker.ts';
import type { EjabberdOrder, Report, TalkResult } from '../run/orders.ts';
import { connectAll } from './connecting.ts';
import { measure } from './measuring.ts';

/** What is not there by then counts as lost. */
const DRAIN_DEADLINE_MS = 15_000;
const POLL_MS = 20;

/** As `playDirect`, over ejabberd. */
export async function playEjabberd(order: EjabberdOrder, report: (what: Report) => void): Promise<void> {
  const meter = new Meter();
  const failure = Promise.withResolvers<never>();
  const onFailure = (reason: string) => failure.reject(new Error(reason));
  const text = 'x'.repeat(order.bodyBytes);
  const talkers = Array.from(
    { length: order.clients },
    (_, index) => new EjabberdTalker({ index, otherIndex: index ^ 1, text, meter, onFailure }),
  );
  const result = run(order, talkers, meter, report);
  report({ name: 'ejabberd-finished', result: await Promise.race([result, failure.promise]) });
}

async function run(
  { port, seconds, window }: EjabberdOrder,
  talkers: readonly EjabberdTalker[],
  meter: Meter,
  report: (what: Report) => void,
): Promise<TalkResult> {
  await connectAll(talkers.length, async (index) => talkers[index]?.connect(port));
  report({ name: 'connected' });
  for (const [index, talker] of talkers.entries()) {
    const other = talkers[index ^ 1];
    if (other !== undefined) talker.start(other, closedLoop(window, 'delivered'));
  }
  const measured = await measure(meter, seconds, report);
  await drain(talkers);
  return { ...sumVerdicts(talkers.map(({ verdict }) => verdict)), ...measured };
}

const complete = ({ underWay }: EjabberdTalker): boolean => underWay === 0;

/** Stops the sending and waits for what is on its way. */
async function drain(talkers: readonly EjabberdTalker[]): Promise<void> {
  for (const talker of talkers) talker.stop();
  for (let waitedMs = 0; waitedMs < DRAIN_DEADLINE_MS && !talkers.every(complete); waitedMs += POLL_MS) {
    await wait(POLL_MS);
  }
}
