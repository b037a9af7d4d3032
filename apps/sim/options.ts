import { Command, InvalidArgumentError } from 'commander';

export interface SimOptions {
  /** The seeds to run are `from` to `from + seeds - 1`. */
  from: number;
  seeds: number;
  json: boolean;
  verbose: boolean;
  traceLines: number;
  checkDeterminism: boolean;
}

function wholeNumber(text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 0) throw new InvalidArgumentError('must be a whole number.');
  return number;
}

/** Reads the command line; commander prints the help or the complaint and ends the process when there is nothing to run. */
export function parseOptions(args: readonly string[]): SimOptions {
  const command = new Command('sim')
    .description('Runs the whole system in virtual time under faults, one run per seed, and checks every promise.')
    .option('--seed <seed>', 'run this one seed', wholeNumber)
    .option('--seeds <count>', 'run that many seeds', wholeNumber, 100)
    .option('--from <seed>', 'the first of them', wholeNumber, 1)
    .option('--check-determinism', 'run each seed twice and compare the traces', false)
    .option('--verbose', 'print a line per seed', false)
    .option('--trace-lines <count>', 'how much of the trace a failure shows', wholeNumber, 30)
    .option('--json', 'print the outcome as JSON on the last line', false);
  command.parse(args, { from: 'user' });
  const { seed, seeds, from, checkDeterminism, verbose, traceLines, json } = command.opts<Options>();
  const range = seed === undefined ? { from, seeds } : { from: seed, seeds: 1 };
  return { ...range, json, verbose, traceLines, checkDeterminism };
}

type Options = SimOptions & { seed?: number };
