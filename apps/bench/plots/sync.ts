import { type BarRow, barPanel, card, figure, logScale } from '@hongyan/testkit/plot';
import { MeasuredError } from '../measured/read.ts';
import { daysOf, type Plot, type Run, rowsIn, titleOf } from './run.ts';

const SENT = { label: 'sent by the device', hue: 'blue' } as const;
const RECEIVED = { label: 'received', hue: 'orange' } as const;

export const sync: Plot = {
  name: 'sync',
  takes: ({ scenario }) => scenario === 'sync',
  draw: (runs) =>
    card({
      title: 'Signing in again costs what changed',
      description: `What a device sends and receives to be up to date after an absence, by how many conversations it has and how many of them have a new message. ${daysOf(runs)}`,
      parts: runs.map((run) => panelOf(run, runs)),
    }),
};

interface Visit {
  conversations: number;
  changed: number;
  bytesUp: number;
  bytesDown: number;
}

function panelOf(run: Run, runs: readonly Run[]) {
  const visits = visitsOf(run);
  const bytes = visits.flatMap(({ bytesUp, bytesDown }) => [bytesUp, bytesDown]);
  return barPanel({
    title: titleOf(run, runs, 'bytes of frames, logarithmic'),
    scale: logScale(Math.min(...bytes), Math.max(...bytes)),
    rows: visits.map((visit, index) => rowOf(visit, visits[index - 1])),
    shape: 'dot',
    legend: [SENT, RECEIVED],
  });
}

function rowOf({ conversations, changed, bytesUp, bytesDown }: Visit, before: Visit | undefined): BarRow {
  const share = figure((100 * changed) / conversations);
  return {
    label: changed === 0 ? 'nothing changed' : `${figure(changed)} changed (${share} %)`,
    bars: [
      { value: bytesUp, hue: SENT.hue },
      { value: bytesDown, hue: RECEIVED.hue },
    ],
    ...(before?.conversations === conversations ? {} : { heading: `${figure(conversations)} conversations` }),
  };
}

/** Each number of changed conversations once: of ten, one in a hundred is none. The first return is another matter. */
function visitsOf(run: Run): Visit[] {
  const visits = new Map<string, Visit>();
  for (const { conversations, changed, bytesUp, bytesDown } of rowsIn(run, 'rows')) {
    if (changed === 'first return') continue;
    if (![conversations, changed, bytesUp, bytesDown].every(Number.isFinite)) {
      throw new MeasuredError(run.name, 'a row of result.rows lacks a number');
    }
    const visit = [conversations, changed, bytesUp, bytesDown].map(Number);
    const [ofAll = 0, ofThem = 0, up = 0, down = 0] = visit;
    const key = `${ofAll} ${ofThem}`;
    if (!visits.has(key)) visits.set(key, { conversations: ofAll, changed: ofThem, bytesUp: up, bytesDown: down });
  }
  return [...visits.values()];
}
