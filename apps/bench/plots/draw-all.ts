import type { Measured } from '../measured/measured.ts';
import { crowd } from './crowd.ts';
import { direct } from './direct.ts';
import { gatewayLost } from './gateway-lost.ts';
import { bigGroup, group } from './group.ts';
import { idle } from './idle.ts';
import { LABELS } from './labels.ts';
import { rolling } from './rolling.ts';
import type { Plot, Run } from './run.ts';
import { storm } from './storm.ts';
import { sync } from './sync.ts';

export const PLOTS: readonly Plot[] = [direct, group, bigGroup, idle, storm, sync, crowd, rolling, gatewayLost];

export interface Drawn {
  /** What is to be written. */
  files: { name: string; svg: string }[];
  /** What was left out, and why. */
  left: string[];
}

/** Draws every plot that there are results for. Throws `MeasuredError` when one of them lacks what is to be drawn. */
export function drawAll(measured: readonly Measured[], labels: Readonly<Record<string, string>> = LABELS): Drawn {
  const names = Object.keys(labels);
  const runs = measured
    .map((each) => ({ ...each, label: labels[each.name] ?? each.name }))
    .sort((one, other) => placeOf(one, names) - placeOf(other, names));
  const drawn: Drawn = { files: [], left: [] };
  for (const name of names.filter((name) => !measured.some((each) => each.name === name))) {
    drawn.left.push(`docs/measured/${name}.json is not there`);
  }
  for (const { name } of measured.filter(({ name }) => labels[name] === undefined)) {
    drawn.left.push(`docs/measured/${name}.json has no label in apps/bench/plots/labels.ts; its name stands for it`);
  }
  for (const plot of PLOTS) {
    const own = runs.filter(({ result }) => plot.takes(result));
    if (own.length === 0) drawn.left.push(`bench-${plot.name}.svg is not drawn: nothing of it is kept`);
    else drawn.files.push({ name: `bench-${plot.name}.svg`, svg: plot.draw(own) });
  }
  return drawn;
}

/** Those without a label are last, in the order of their names. */
function placeOf({ name }: Run, names: readonly string[]): number {
  const place = names.indexOf(name);
  return place === -1 ? names.length : place;
}
