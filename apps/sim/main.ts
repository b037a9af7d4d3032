import { parseOptions } from './options.ts';
import { reportAsJson, reportInWords } from './report.ts';
import { runSeeds } from './run-seeds.ts';
import { shrinkSeed } from './shrink-seed.ts';

const print = (line: string) => void process.stdout.write(`${line}\n`);

const options = parseOptions(process.argv.slice(2));
if (options.shrink) {
  process.exitCode = (await shrinkSeed(options, print)) ? 0 : 1;
} else {
  const outcome = await runSeeds(options, print);
  reportInWords(outcome, options, print);
  if (options.json) reportAsJson(outcome, options, print);
  process.exitCode = outcome.failures.length > 0 ? 1 : 0;
}
