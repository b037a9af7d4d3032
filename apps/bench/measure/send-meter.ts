import { performance } from 'node:perf_hooks';
import type { Wait } from '../run/orders.ts';
import { Histogram, type Percentiles } from './histogram.ts';

const SPAN_MS = 250;

/** How long messages took until their senders knew them in the log: by phase, and over time. */
export class SendMeter {
  readonly #startedMs = performance.now();
  readonly #phases = [new Histogram()];
  readonly #phasesAtMs = [0];
  readonly #waits: Wait[] = [];

  beginPhase(): void {
    this.#phases.push(new Histogram());
    this.#phasesAtMs.push(Math.round(performance.now() - this.#startedMs));
  }

  /** A message that was due then is in the log now. */
  readonly sent = (dueMs: number): void => {
    const nowMs = performance.now();
    const waitMs = nowMs - dueMs;
    this.#phases.at(-1)?.recordMs(waitMs);
    const atMs = Math.floor((nowMs - this.#startedMs) / SPAN_MS) * SPAN_MS;
    const last = this.#waits.at(-1);
    if (last?.atMs === atMs) last.longestMs = Math.max(last.longestMs, Math.round(waitMs));
    else this.#waits.push({ atMs, longestMs: Math.round(waitMs) });
  };

  result(): { phases: Percentiles[]; phasesAtMs: number[]; waits: Wait[] } {
    const phases = this.#phases.map((histogram) => histogram.percentiles());
    return { phases, phasesAtMs: this.#phasesAtMs, waits: this.#waits };
  }
}
