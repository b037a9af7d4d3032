import { parsePlaces } from '@hongyan/testkit';
import { Command, InvalidArgumentError } from 'commander';

export interface SimOptions {
  /** The seeds to run are `from` to `from + seeds - 1`. */
  from: number;
  seeds: number;
  json: boolean;
  verbose: boolean;
  /** Several nodes instead of one process. */
  cluster: boolean;
  traceLines: number;
  checkDeterminism: boolean;
  /** Makes the one seed's failing run smaller. */
  shrink: boolean;
  /** Only these parts of the one seed's plan; undefined: all of it. */
  kept: ReadonlySet<number> | undefined;
}

function wholeNumber(text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 0) throw new InvalidArgumentError('must be a whole number.');
  return number;
}

function places(text: string): ReadonlySet<number> {
  try {
    return text === 'none' ? new Set() : parsePlaces(text);
  } catch {
    throw new InvalidArgumentError('must be places like 0-2,7.');
  }
}

const EXPLANATION = `
A seed decides a plan: who has which devices, what people do, and what goes wrong (every seed switches some faults on).
The real engines and the real server logic then run on virtual time. While faults go on, no promise may break; when
they have stopped, everything has to settle. A failing seed is replayed by its number, and made small by --shrink.

  npm run sim -- --seeds 1000             the seeds 1 to 1000
  npm run sim -- --seed 7 --verbose       one seed
  npm run sim -- --cluster --seeds 1000   the same on several nodes
  npm run sim -- --seed 7 --shrink        the smallest run found in it that still breaks the same promise
  npm run sim -- --seed 7 --keep 0-2,41   only these parts of its plan, as --shrink printed them`;

/** Reads the command line; commander prints the help or the complaint and ends the process when there is nothing to run. */
export function parseOptions(args: readonly string[]): SimOptions {
  const command = new Command('sim')
    .description('Runs the whole system in virtual time under faults, one run per seed, and checks every promise.')
    .option('--seed <seed>', 'run this one seed', wholeNumber)
    .option('--seeds <count>', 'run that many seeds', wholeNumber, 100)
    .option('--from <seed>', 'the first of them', wholeNumber, 1)
    .option('--cluster', 'run several nodes, which die, pause and lose each other, instead of one process', false)
    .option('--shrink', 'with --seed: find a smaller run that fails the same way', false)
    .option('--keep <places>', 'with --seed: run only these parts of its plan', places)
    .option('--check-determinism', 'run each seed twice and compare the traces', false)
    .option('--verbose', 'print a line per seed', false)
    .option('--trace-lines <count>', 'how much of the trace a failure shows', wholeNumber, 30)
    .option('--json', 'print the outcome as JSON on the last line', false)
    .addHelpText('after', EXPLANATION);
  command.parse(args, { from: 'user' });
  const { seed, seeds, from, keep, ...rest } = command.opts<Options>();
  if (seed === undefined && (rest.shrink || keep !== undefined)) command.error('--shrink and --keep need --seed');
  const range = seed === undefined ? { from, seeds } : { from: seed, seeds: 1 };
  return { ...rest, ...range, kept: keep };
}

type Options = Omit<SimOptions, 'kept'> & { seed?: number; keep?: ReadonlySet<number> };
