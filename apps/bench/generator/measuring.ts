import { performance } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import type { Verdict } from '../measure/judge.ts';
import type { Meter } from '../measure/meter.ts';
import type { Report, TalkResult } from '../run/orders.ts';

const WARM_UP_MS = 2_000;
const MS_PER_SECOND = 1_000;

/** Lets those who write to each other do so for a warm-up, and then looks at them for so many seconds. */
export async function measure(
  meter: Meter,
  seconds: number,
  report: (what: Report) => void,
): Promise<Omit<TalkResult, keyof Verdict>> {
  await wait(WARM_UP_MS);
  report({ name: 'window-opened' });
  const before = performance.eventLoopUtilization();
  const openedMs = performance.now();
  meter.recording = true;
  await wait(seconds * MS_PER_SECOND);
  meter.recording = false;
  const windowMs = performance.now() - openedMs;
  const { utilization } = performance.eventLoopUtilization(before);
  report({ name: 'window-closed' });
  return {
    messagesPerSecond: (Math.min(meter.latency.count, meter.ack.count) * MS_PER_SECOND) / windowMs,
    latencyMs: meter.latency.percentiles(),
    ackMs: meter.ack.percentiles(),
    generatorUtilization: utilization,
  };
}
