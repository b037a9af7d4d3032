import type { Measured } from '../measured/measured.ts';
import { isRecord, MeasuredError } from '../measured/read.ts';

/** A kept result as a plot needs it. */
export interface Run extends Measured {
  label: string;
}

/** A picture of all runs of a kind. */
export interface Plot {
  /** Its file is `docs/images/bench-<name>.svg`. */
  name: string;
  takes(result: Measured['result']): boolean;
  /** An SVG file, of one run at least. Throws `MeasuredError` when a run lacks what is to be drawn. */
  draw(runs: readonly Run[]): string;
}

/** A number of the result, or of an object in it: `latencyMs.p99`. */
export function numberIn(run: Run, path: string): number {
  const value = maybeIn(run, path);
  if (value === undefined) throw new MeasuredError(run.name, `result.${path} is no number`);
  return value;
}

/** The same, where it need not be. */
export function maybeIn({ result }: Run, path: string): number | undefined {
  const value = path.split('.').reduce<unknown>((from, key) => (isRecord(from) ? from[key] : undefined), result);
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** The objects of a list in the result, which are that many at least. */
export function rowsIn({ name, result }: Run, field: string, least = 1): Record<string, unknown>[] {
  const rows = result[field];
  if (!Array.isArray(rows) || !rows.every(isRecord))
    throw new MeasuredError(name, `result.${field} is no list of objects`);
  if (rows.length < least) throw new MeasuredError(name, `result.${field} is too short`);
  return rows;
}

/** A list of samples in the result, as points: seconds to the right, from `atMs`, and `field` upwards. */
export function samplesIn(run: Run, list: string, field: string, least = 1): { x: number; y: number }[] {
  return rowsIn(run, list, least).map(({ atMs, [field]: value }, index) => {
    if (typeof atMs !== 'number' || typeof value !== 'number') {
      throw new MeasuredError(run.name, `result.${list}[${index}] has no atMs or no ${field}`);
    }
    return { x: atMs / 1_000, y: value };
  });
}

/** A number that all runs have alike; undefined when they have not. */
export function commonIn(runs: readonly Run[], path: string): number | undefined {
  const values = new Set(runs.map((run) => maybeIn(run, path)));
  return values.size === 1 ? [...values][0] : undefined;
}

/** The title of a run's panel, with the run's label where there are several. */
export const titleOf = (run: Run, runs: readonly Run[], title: string): string =>
  runs.length > 1 ? `${run.label}: ${title}` : title;

/** What all panels of a card are about, as a sentence: the label of the only run. */
export const labelOf = ([run, ...others]: readonly Run[]): string =>
  run === undefined || others.length > 0 ? '' : `${run.label}. `;

const unbroken = (sentence: string): string => sentence.replaceAll(' ', '\u00a0');

/** When the runs were measured, as a sentence. */
export function daysOf(runs: readonly Run[]): string {
  const days = runs.map(({ measuredOn }) => measuredOn).sort();
  const [first, last] = [days[0], days.at(-1)];
  return first === last ? unbroken(`Measured on ${first}.`) : unbroken(`Measured from ${first} to ${last}.`);
}
