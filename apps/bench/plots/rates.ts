import { type Bar, type BarRow, barPanel, card, figure, scaleFromZero } from '@hongyan/testkit/plot';
import { isSaturated } from '../measure/saturated.ts';
import { daysOf, maybeIn, numberIn, type Run } from './run.ts';

export interface RatesOptions {
  title: string;
  description: string;
  /** What the bars are, with their unit. */
  axisTitle: string;
  field: string;
}

/** A bar for each run, with what is between a message's writing and its arrival where that was measured. */
export function rates(runs: readonly Run[], { title, description, axisTitle, field }: RatesOptions): string {
  const values = runs.map((run) => numberIn(run, field));
  const rows = runs.map((run, index) => rowOf(run, values[index] ?? 0));
  const hasNotes = rows.some(({ note }) => note !== undefined);
  const panel = barPanel({
    title: axisTitle,
    scale: scaleFromZero(Math.max(...values)),
    rows,
    shape: 'bar',
    ...(hasNotes ? { noteTitle: 'latency p50 / p99' } : {}),
  });
  const explained = runs.some(wasSaturated) ? ` ${SATURATED_SIGN} The load generator was the bottleneck.` : '';
  return card({ title, description: `${description} ${daysOf(runs)}${explained}`, parts: [panel] });
}

const SATURATED_SIGN = '*';

const wasSaturated = (run: Run): boolean => isSaturated(maybeIn(run, 'generatorUtilization') ?? 0);

function rowOf(run: Run, value: number): BarRow {
  const bars: Bar[] = [{ value, hue: 'blue', ...(wasSaturated(run) ? { sign: SATURATED_SIGN } : {}) }];
  const [p50, p99] = [maybeIn(run, 'latencyMs.p50'), maybeIn(run, 'latencyMs.p99')];
  if (p50 === undefined || p99 === undefined) return { label: run.label, bars };
  return { label: run.label, bars, note: `${figure(p50)} / ${figure(p99)} ms` };
}
