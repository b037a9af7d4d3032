import { parseOptions } from './options.ts';
import { reportAsJson, reportInWords } from './report.ts';
import { runSeeds } from './run-seeds.ts';

const print = (line: string) => void process.stdout.write(`${line}\n`);

const options = parseOptions(process.argv.slice(2));
const outcome = await runSeeds(options, print);
reportInWords(outcome, print);
if (options.json) reportAsJson(outcome, print);
process.exitCode = outcome.failures.length > 0 ? 1 : 0;
