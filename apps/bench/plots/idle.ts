import { type BarRow, barPanel, card, figure, scaleFromZero } from '@hongyan/testkit/plot';
import { MeasuredError } from '../measured/read.ts';
import { commonIn, daysOf, type Plot, type Run, rowsIn } from './run.ts';

export const idle: Plot = {
  name: 'idle',
  takes: ({ scenario }) => scenario === 'idle',
  draw: (runs) => {
    const clients = commonIn(runs, 'clients');
    const connections = clients === undefined ? 'all' : figure(clients);
    const rows = runs.flatMap(rowsOf);
    const values = rows.flatMap(({ bars }) => bars.map(({ value }) => value));
    return card({
      title: 'What an idle connection costs',
      description:
        `Resident memory with ${connections} signed-in connections, less what there was just after the start, ` +
        `for each of them. ${daysOf(runs)}`,
      parts: [barPanel({ title: 'bytes a connection', scale: scaleFromZero(Math.max(...values)), rows, shape: 'bar' })],
    });
  },
};

/** One for each part of the system; a system of one part is the run itself. */
function rowsOf(run: Run): BarRow[] {
  const parts = rowsIn(run, 'parts').map(({ name, bytesPerConnection }, index) => {
    if (typeof name !== 'string' || typeof bytesPerConnection !== 'number') {
      throw new MeasuredError(run.name, `result.parts[${index}] has no name or no bytesPerConnection`);
    }
    return { name, bars: [{ value: bytesPerConnection, hue: 'blue' as const }] };
  });
  if (parts.length === 1) return parts.map(({ bars }) => ({ label: run.label, bars }));
  return parts.map(({ name, bars }, index) => ({ label: name, bars, ...(index === 0 ? { heading: run.label } : {}) }));
}
