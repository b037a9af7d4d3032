import { card, figure, type Line, linearScale, linePanel, nthHue, scaleFromZero } from '@hongyan/testkit/plot';
import { MeasuredError } from '../measured/read.ts';
import { commonIn, daysOf, labelOf, type Plot, type Run, rowsIn, titleOf } from './run.ts';

const SECONDS_TICKS = 10;

/** As the simulator's site loss, with processes instead of a model. */
export const gatewayLost: Plot = {
  name: 'gateway-lost',
  takes: ({ scenario, fault }) => scenario === 'storm' && fault === 'lose',
  draw: (runs) => {
    const clients = commonIn(runs, 'clients');
    const all = clients === undefined ? 'Everybody' : `${figure(clients)} people`;
    const allBackMs = commonIn(runs, 'allBackMs');
    const after = allBackMs === undefined ? '' : `, all of them after ${(allBackMs / 1_000).toFixed(1)}\u00a0s`;
    return card({
      title: 'A gateway is lost with everybody on it',
      description: `${all} on several gateways, of which one is killed; those who were on it come back elsewhere${after}. ${labelOf(runs)}${daysOf(runs)}`,
      parts: runs.map((run) => panelOf(run, runs)),
    });
  },
};

function panelOf(run: Run, runs: readonly Run[]) {
  const lines = linesOf(run);
  const points = lines.flatMap((line) => line.points);
  const seconds = points.map(({ x }) => x);
  return linePanel({
    title: titleOf(run, runs, 'connections of each gateway'),
    xTitle: 'seconds from the loss',
    plotHeight: 240,
    x: linearScale(Math.min(0, ...seconds), Math.max(...seconds), SECONDS_TICKS),
    y: scaleFromZero(Math.max(...points.map(({ y }) => y))),
    lines,
    names: 'ends',
    marks: [{ x: 0, label: 'gateway lost' }],
  });
}

function linesOf(run: Run): Line[] {
  const samples = rowsIn(run, 'gateways').map(({ atMs, connections }, index) => {
    if (typeof atMs !== 'number' || !Array.isArray(connections) || !connections.every(Number.isFinite)) {
      throw new MeasuredError(run.name, `result.gateways[${index}] has no atMs or no connections`);
    }
    return { x: atMs / 1_000, connections: connections.map(Number) };
  });
  const count = Math.max(...samples.map(({ connections }) => connections.length));
  return Array.from({ length: count }, (_, gateway) => ({
    label: `gateway ${gateway + 1}`,
    hue: nthHue(gateway),
    points: samples.map(({ x, connections }) => ({ x, y: connections[gateway] ?? 0 })),
  }));
}
