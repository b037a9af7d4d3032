import { card, linearScale, linePanel, scaleFromZero } from '@hongyan/testkit/plot';
import { MeasuredError } from '../measured/read.ts';
import { daysOf, labelOf, type Plot, type Run, rowsIn, samplesIn, titleOf } from './run.ts';

const SECONDS_TICKS = 10;

export const rolling: Plot = {
  name: 'rolling',
  takes: ({ scenario }) => scenario === 'rolling',
  draw: (runs) =>
    card({
      title: 'Nodes are replaced while people talk',
      description: `The longest that anybody waited from writing a message to seeing that it was sent, in each quarter of a second. ${labelOf(runs)}${daysOf(runs)}`,
      parts: runs.map((run) => panelOf(run, runs)),
    }),
};

function panelOf(run: Run, runs: readonly Run[]) {
  const points = samplesIn(run, 'waits', 'longestMs');
  const marks = eventsOf(run);
  const seconds = [...points, ...marks].map(({ x }) => x);
  return linePanel({
    title: titleOf(run, runs, 'longest wait of a send, ms'),
    xTitle: 'seconds from the start',
    plotHeight: 220,
    x: linearScale(Math.min(0, ...seconds), Math.max(...seconds), SECONDS_TICKS),
    y: scaleFromZero(Math.max(...points.map(({ y }) => y))),
    lines: [{ label: '', hue: 'blue', points }],
    names: 'nowhere',
    marks,
  });
}

function eventsOf(run: Run) {
  return rowsIn(run, 'events').map(({ atMs, name }, index) => {
    if (typeof atMs !== 'number' || typeof name !== 'string') {
      throw new MeasuredError(run.name, `result.events[${index}] has no atMs or no name`);
    }
    return { x: atMs / 1_000, label: name };
  });
}
