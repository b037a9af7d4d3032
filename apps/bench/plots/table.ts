import type { Measured } from '../measured/measured.ts';
import { LABELS } from './labels.ts';
import { maybeIn, numberIn, type Run, rowsIn } from './run.ts';

export const TABLE_BEGIN = '<!-- npm run plots writes this table from docs/measured -->';
export const TABLE_END = '<!-- end of the table -->';

const whole = (value: number): string => Math.round(value).toLocaleString('en-US');
const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`;
const latency = (run: Run, path = 'latencyMs'): string =>
  `${whole(numberIn(run, `${path}.p50`))} / ${whole(numberIn(run, `${path}.p99`))} ms`;

/** What a run came to, in words. */
const FIGURES: Readonly<Record<string, (run: Run) => string>> = {
  direct: (run) => `${whole(numberIn(run, 'messagesPerSecond'))} messages/s, ${latency(run)}`,
  group: (run) => `${whole(numberIn(run, 'deliveriesPerSecond'))} deliveries/s, ${latency(run)}`,
  'big-group': (run) => `${whole(numberIn(run, 'deliveriesPerSecond'))} deliveries/s, ${latency(run)}`,
  idle: (run) =>
    rowsIn(run, 'parts')
      .map(({ name, bytesPerConnection }) => `${name} ${whole(Number(bytesPerConnection))} B`)
      .join(', '),
  storm: (run) =>
    `${whole(numberIn(run, 'away'))} back after ${seconds(numberIn(run, 'allBackMs'))}; sends meanwhile ${latency(run, 'sendDuringMs')}`,
  rolling: (run) =>
    rowsIn(run, 'phases')
      .map(({ name, p99, max }) => `${name}: p99 ${whole(Number(p99))}, longest ${whole(Number(max))} ms`)
      .join('; '),
  sync: (run) => {
    const { conversations, changed, bytesUp, bytesDown } = rowsIn(run, 'rows').at(-1) ?? {};
    return `${changed} of ${conversations} changed: ${whole(Number(bytesUp))} B up, ${whole(Number(bytesDown))} B down`;
  },
  allocation: (run) =>
    `${whole(numberIn(run, 'unknown.perSecond'))} answers/s, ${whole(numberIn(run, 'known.perSecond'))} to people it knows`,
  crowd: (run) =>
    `${whole(numberIn(run, 'clients'))} signed in after ${whole(numberIn(run, 'connectSeconds'))} s; sent p99 ${whole(numberIn(run, 'sentP99Ms'))} ms`,
};

/** CPU of each part for one message, or delivery, where that is what was measured. */
function cpuOf(run: Run): string {
  const perSecond = maybeIn(run, 'deliveriesPerSecond') ?? maybeIn(run, 'messagesPerSecond');
  const { used } = run.result;
  if (perSecond === undefined || typeof used !== 'object' || used === null) return '';
  const count = perSecond * numberIn(run, 'seconds');
  return Object.keys(used)
    .filter((part) => part !== 'api')
    .map((part) => `${part} ${((numberIn(run, `used.${part}.cpuSeconds`) * 1e6) / count).toFixed(1)} µs`)
    .join(', ');
}

/** All that is kept and has a figure, as Markdown: what, how, and what came of it. */
export function tableOf(measured: readonly Measured[]): string {
  const rows = Object.entries(LABELS).flatMap(([name, label]) => {
    const found = measured.find((each) => each.name === name);
    const figureOf = FIGURES[String(found?.result.scenario)];
    if (found === undefined || figureOf === undefined) return [];
    const run: Run = { ...found, label };
    const options = found.command.replace(/^npm run bench -- --scenario /, '');
    return [`| \`${options}\` | ${figureOf(run)} | ${cpuOf(run)} |`];
  });
  return ['| `npm run bench -- --scenario` … | p50 / p99 | CPU of each |', '|---|---|---|', ...rows].join('\n');
}

/** The text with the table between its marks. Throws where it has none. */
export function withTable(text: string, table: string): string {
  const [begin, end] = [text.indexOf(TABLE_BEGIN), text.indexOf(TABLE_END)];
  if (begin < 0 || end < begin) throw new Error('there is no place for the table');
  return `${text.slice(0, begin + TABLE_BEGIN.length)}\n\n${table}\n\n${text.slice(end)}`;
}
