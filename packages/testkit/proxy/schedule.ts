import type { LineConditions } from './conditions.ts';
import type { Side } from './connection.ts';
import type { FaultyProxy } from './proxy.ts';

/** A stretch of a time series. */
export interface Phase {
  /** For people who read along. */
  name: string;
  durationMs: number;
  conditions: LineConditions;
  /** Connections die when it begins, and these sides are told; undefined: they live on. */
  cut?: readonly Side[] | undefined;
}

/**
 * Takes the proxies of one path through the phases, one after the other. Resolves when the last is over or `signal` aborts;
 * the conditions then stay as they are.
 */
export async function play(
  proxies: readonly FaultyProxy[],
  phases: Iterable<Phase>,
  { signal, onPhase }: { signal: AbortSignal; onPhase?: (phase: Phase) => void },
): Promise<void> {
  for (const phase of phases) {
    if (signal.aborted) return;
    onPhase?.(phase);
    for (const proxy of proxies) {
      if (phase.cut !== undefined) proxy.cut(phase.cut);
      proxy.conditions = phase.conditions;
    }
    await pause(phase.durationMs, signal);
  }
}

function pause(durationMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, durationMs);
    signal.addEventListener('abort', done);
  });
}
