import type { Pause } from './cluster-world.ts';

const NUMBER_WIDTH = 10;

/** What people noticed, for people. */
export function pauseTable(pauses: readonly Pause[]): string {
  const width = Math.max(...pauses.map(({ fault }) => fault.length), 0);
  const row = (fault: string, ...figures: string[]) =>
    [fault.padEnd(width), ...figures.map((figure) => figure.padStart(NUMBER_WIDTH))].join('');
  return [
    'the longest wait from writing a message to seeing that it was sent, in ms',
    row('', 'before', 'around'),
    ...pauses.map(({ fault, usualMs, pauseMs }) => row(fault, usualMs.toFixed(0), pauseMs.toFixed(0))),
  ].join('\n');
}

/** Of each fault the worst time. */
export function worstOf(pauses: readonly Pause[]): Pause[] {
  const worst = new Map<string, Pause>();
  for (const pause of pauses) if (pause.pauseMs > (worst.get(pause.fault)?.pauseMs ?? 0)) worst.set(pause.fault, pause);
  return [...worst.values()];
}
