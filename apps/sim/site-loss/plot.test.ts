import { SITES, simulateSiteLoss } from '@hongyan/testkit';
import { expect, test } from 'vitest';
import { parseOptions } from '../options.ts';
import { plot, SITE_HUES } from './plot.ts';
import { reportInWords } from './report.ts';

const command = parseOptions(['--scenario', 'site-loss', '--clients', '5000', '--seed', '3']);
if (command.scenario !== 'site-loss') throw new Error('another scenario was understood');
const report = simulateSiteLoss(command);

test('[L3] the plot has a line for every site and nothing that is no number', () => {
  const svg = plot(report);
  for (const index of SITES.keys()) expect(svg).toContain(`class="line ${SITE_HUES[index]}"`);
  expect(svg).not.toMatch(/NaN|Infinity|undefined/);
});

test('[L3] the report says what was run and what became of it', () => {
  const lines: string[] = [];
  reportInWords(report, 10, (line) => lines.push(line));
  expect(lines[0]).toContain('5,000 clients, policy weighted, backoff engine, seed 3');
  expect(lines.at(-1)).toContain(`nobody else was harmed; 0.0 s of real time, trace ${report.traceHash}`);
});
