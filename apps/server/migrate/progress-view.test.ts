import type { MoveProgress } from '@hongyan/server/adapters/store/move/index.ts';
import { expect, test } from 'vitest';
import { createProgressView } from './progress-view.ts';

/** A view on a screen that notes what is written, at times that the test says. */
function setUp(isTerminal: boolean) {
  const written: string[] = [];
  let nowMs = 0;
  const view = createProgressView({ write: (text) => written.push(text), columns: 200 }, isTerminal, () => nowMs);
  const show = (atMs: number, rowsDone: number, phase: MoveProgress['phase'] = 'copying') => {
    nowMs = atMs;
    view.show({ phase, table: 'entries', rowsDone, rowsTotal: 100_000 });
  };
  return { written, show, end: view.end };
}

test('[M3] a terminal has a bar with rows, percent, rows a second and the time that is left', () => {
  const { written, show } = setUp(true);
  show(0, 5_000);
  show(1_000, 55_000);
  expect(written.slice(1)).toEqual([
    `\r\x1b[K${'█'.repeat(13)}${'░'.repeat(11)} Copying    55 %  55,000 of 100,000 rows, 50,000 rows/s, 0:01 left (entries)`,
  ]);
});

test('[M3] a terminal is written to ten times a second at most, and keeps how each phase ended', () => {
  const { written, show, end } = setUp(true);
  for (let atMs = 0; atMs <= 500; atMs += 10) show(atMs, 10_000 + atMs);
  expect(written).toHaveLength(6);
  show(600, 100_000);
  show(601, 5_000, 'verifying');
  end();
  expect(written.slice(6).map((text) => text.replace(/^.*(Copying|Comparing) +(\d+ %).*$/s, '$1 $2'))).toEqual([
    'Copying 100 %',
    '\n',
    'Comparing 5 %',
    '\n',
  ]);
});

test('[M3] elsewhere there is a line every five seconds, and one at the beginning and end of each phase', () => {
  const { written, show, end } = setUp(false);
  for (let atMs = 0; atMs <= 12_000; atMs += 1_000) show(atMs, 1_000 + atMs);
  show(12_001, 100_000);
  show(12_002, 100_000, 'verifying');
  end();
  expect(written.map((line) => line.replace(/^(\w+) +(\d+ %).*\n$/s, '$1 $2'))).toEqual([
    'Copying 1 %',
    'Copying 6 %',
    'Copying 11 %',
    'Copying 100 %',
    'Comparing 100 %',
  ]);
});

test('[M3] long times have hours, and what an earlier run has done does not count for the pace', () => {
  const { written, show } = setUp(false);
  show(0, 90_000);
  show(60_000, 90_010);
  expect(written.join()).toContain('0 rows/s, 16:39:00 left');
});
