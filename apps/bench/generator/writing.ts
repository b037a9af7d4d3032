import { performance } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { directConversationId } from '@hongyan/protocol';
import { openLoop } from '../client/pace.ts';
import { Steady } from '../client/steady.ts';
import { judgeConversation, sumVerdicts } from '../measure/judge.ts';
import { SendMeter } from '../measure/send-meter.ts';
import type { Report, WritingOrder, WritingResult } from '../run/orders.ts';
import { bodyOf } from './body.ts';
import { connectAll, keepAlive } from './connecting.ts';
import { cue, onCue } from './cue.ts';
import { drain } from './draining.ts';

const TICK_MS = 5;
const MS_PER_SECOND = 1_000;
/** What fell due in an outage is written within this time, or the drain sees what is missing. */
const CATCH_UP_DEADLINE_MS = 30_000;
const POLL_MS = 20;

/** Writes at an even rate until told to stop, whatever happens meanwhile. */
export async function playWriting(order: WritingOrder, report: (what: Report) => void): Promise<void> {
  const failure = Promise.withResolvers<never>();
  const result = run(order, report, (reason) => failure.reject(new Error(reason)));
  report({ name: 'written', result: await Promise.race([result, failure.promise]) });
}

async function run(
  order: WritingOrder,
  report: (what: Report) => void,
  onFailure: (reason: string) => void,
): Promise<WritingResult> {
  const meter = new SendMeter();
  const pairs = pairUp(order, onFailure, meter.sent);
  const writers = pairs.flat();
  await connectAll(writers.length, async (index) => writers[index]?.connection.open());
  keepAlive(writers.map(({ connection }) => ({ beat: () => connection.session?.beat() })));
  for (const [index, writer] of writers.entries()) {
    const startMs = performance.now() + (index * MS_PER_SECOND) / order.rate;
    writer.start(openLoop({ window: 1, startMs, intervalMs: (writers.length * MS_PER_SECOND) / order.rate }));
  }
  const ticking = setInterval(() => {
    for (const writer of writers) writer.sendDue();
  }, TICK_MS);
  report({ name: 'connected' });

  const utilizationBefore = performance.eventLoopUtilization();
  onCue('phase', () => meter.beginPhase());
  await cue('stop');
  const { utilization } = performance.eventLoopUtilization(utilizationBefore);
  await caughtUp(writers);
  await drain(pairs);
  clearInterval(ticking);
  const verdict = sumVerdicts(pairs.map(([a, b]) => judgeConversation(a, b)));
  return { ...verdict, ...meter.result(), generatorUtilization: utilization };
}

async function caughtUp(writers: readonly Steady[]): Promise<void> {
  for (let waitedMs = 0; waitedMs < CATCH_UP_DEADLINE_MS; waitedMs += POLL_MS) {
    if (!writers.some(({ isBehind }) => isBehind)) return;
    await wait(POLL_MS);
  }
}

function pairUp(
  { accounts, bodyBytes, target }: WritingOrder,
  onFailure: (reason: string) => void,
  onSent: (dueMs: number) => void,
): (readonly [Steady, Steady])[] {
  const body = bodyOf(bodyBytes);
  const tally = { refused: 0, resumed: 0, failed: 0 };
  const pairs: (readonly [Steady, Steady])[] = [];
  for (let index = 0; index + 1 < accounts.length; index += 2) {
    const [a, b] = accounts.slice(index, index + 2);
    if (a === undefined || b === undefined) break;
    const conversationId = directConversationId(a.userId, b.userId);
    const shared = { target, tally, conversationId, body, onFailure, onSent, onLive() {}, onCut() {} };
    pairs.push([new Steady({ ...shared, account: a, index }), new Steady({ ...shared, account: b, index: index + 1 })]);
  }
  return pairs;
}
