import { parseOptions, type SimOptions } from './options.ts';
import { reportAsJson, reportInWords } from './report.ts';
import { runSeeds } from './run-seeds.ts';
import { shrinkSeed } from './shrink-seed.ts';
import { runSiteLoss } from './site-loss/run.ts';

const print = (line: string) => void process.stdout.write(`${line}\n`);

/** Tells whether every promise was kept. */
async function run(options: SimOptions): Promise<boolean> {
  if (options.shrink) return shrinkSeed(options, print);
  const outcome = await runSeeds(options, print);
  reportInWords(outcome, options, print);
  if (options.json) reportAsJson(outcome, options, print);
  return outcome.failures.length === 0;
}

const command = parseOptions(process.argv.slice(2));
switch (command.scenario) {
  case 'seeds':
    process.exitCode = (await run(command)) ? 0 : 1;
    break;
  case 'site-loss':
    process.exitCode = runSiteLoss(command, print) ? 0 : 1;
}
