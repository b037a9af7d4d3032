import { card, figure, linearScale, linePanel, nthHue, scaleFromZero } from '@hongyan/testkit/plot';
import { daysOf, numberIn, type Plot, type Run, samplesIn } from './run.ts';

const SECONDS_TICKS = 10;

export const crowd: Plot = {
  name: 'crowd',
  takes: ({ scenario }) => scenario === 'crowd',
  draw: (runs) => {
    const lines = runs.map((run, index) => ({
      label: `${run.label}: ${figure(numberIn(run, 'clients'))} after ${figure(numberIn(run, 'connectSeconds'))} s`,
      hue: nthHue(index),
      points: pointsOf(run),
    }));
    const points = lines.flatMap((line) => line.points);
    const most = Math.max(...runs.map((run) => numberIn(run, 'clients')));
    return card({
      title: `${figure(most)} connections on one machine`,
      description: `Each of an account of its own; servers, engines and load generators share the machine. ${daysOf(runs)}`,
      parts: [
        linePanel({
          title: 'connections signed in',
          xTitle: 'seconds from the first',
          plotHeight: 240,
          x: linearScale(0, Math.max(...points.map(({ x }) => x)), SECONDS_TICKS),
          y: scaleFromZero(Math.max(...points.map(({ y }) => y))),
          lines,
          names: 'legend',
        }),
      ],
    });
  },
};

/** Samples are seconds apart, so the first and the last of them need not be the beginning and the end. */
function pointsOf(run: Run): { x: number; y: number }[] {
  const end = { x: numberIn(run, 'connectSeconds'), y: numberIn(run, 'clients') };
  const between = samplesIn(run, 'connecting', 'connected', 0).filter(({ x }) => x > 0 && x < end.x);
  return [{ x: 0, y: 0 }, ...between, end];
}
