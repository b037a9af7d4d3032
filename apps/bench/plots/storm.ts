import { card, figure, type Line, linearScale, linePanel, nthHue, scaleFromZero } from '@hongyan/testkit/plot';
import { commonIn, daysOf, numberIn, type Plot, type Run, samplesIn } from './run.ts';

const SECONDS_TICKS = 10;

/** Everybody is cut at once; the loss of a gateway has a plot of its own. */
export const storm: Plot = {
  name: 'storm',
  takes: ({ scenario, fault }) => scenario === 'storm' && fault !== 'lose',
  draw: (runs) => {
    const lines = runs.map(lineOf);
    const lastSecond = Math.max(...lines.flatMap(({ points }) => points.map(({ x }) => x)));
    const clients = commonIn(runs, 'clients');
    const all = clients === undefined ? 'All' : `All of ${figure(clients)}`;
    return card({
      title: 'Everybody comes back at once',
      description: `${all} connections are lost at the same moment, while others go on writing; clients come back as the SDK does. ${daysOf(runs)}`,
      parts: [
        linePanel({
          title: 'clients that are back, %',
          xTitle: 'seconds from the cut',
          plotHeight: 240,
          x: linearScale(0, lastSecond, SECONDS_TICKS),
          y: scaleFromZero(100),
          lines,
          names: 'legend',
        }),
      ],
    });
  },
};

function lineOf(run: Run, index: number): Line {
  const clients = numberIn(run, 'clients');
  const backSeconds = numberIn(run, 'allBackMs') / 1_000;
  const points = samplesIn(run, 'back', 'present').map(({ x, y }) => ({ x, y: (100 * y) / clients }));
  // The last sample may be from before the last client.
  if ((points.at(-1)?.x ?? 0) < backSeconds) points.push({ x: backSeconds, y: 100 });
  return { label: `${run.label}: all after ${backSeconds.toFixed(1)} s`, hue: nthHue(index), points };
}
