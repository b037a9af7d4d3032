import { writeFileSync } from 'node:fs';
import { type SiteLossOptions, simulateSiteLoss } from '@hongyan/testkit';
import { plot } from './plot.ts';
import { reportInWords } from './report.ts';

export interface SiteLossCommand extends SiteLossOptions {
  /** Where to write a plot of the run. */
  svg: string | undefined;
}

/** Loses a site and prints what became of it. Tells whether nobody else was harmed. */
export function runSiteLoss({ svg, ...options }: SiteLossCommand, print: (line: string) => void): boolean {
  const startedMs = performance.now();
  const report = simulateSiteLoss(options);
  reportInWords(report, performance.now() - startedMs, print);
  if (svg !== undefined) writeFileSync(svg, plot(report));
  return report.excesses.length === 0;
}
