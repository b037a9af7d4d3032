import { parsePlaces, type SiteLossOptions } from '@hongyan/testkit';
import { Command, InvalidArgumentError, Option } from 'commander';
import type { SiteLossCommand } from './site-loss/run.ts';

export type SimCommand = ({ scenario: 'seeds' } & SimOptions) | ({ scenario: 'site-loss' } & SiteLossCommand);

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

/** Fewer than a few thousand do not fill the gateways, more than a few million not this machine. */
function clientCount(text: string): number {
  const count = wholeNumber(text);
  if (count < 5_000 || count > 10_000_000) throw new InvalidArgumentError('must be 5,000 to 10,000,000.');
  return count;
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
The scenario site-loss has no messages, but a million clients: one site of five is lost, and nobody else may be harmed.

  npm run sim -- --seeds 1000             the seeds 1 to 1000
  npm run sim -- --seed 7 --verbose       one seed
  npm run sim -- --cluster --seeds 1000   the same on several nodes
  npm run sim -- --seed 7 --shrink        the smallest run found in it that still breaks the same promise
  npm run sim -- --seed 7 --keep 0-2,41   only these parts of its plan, as --shrink printed them
  npm run sim -- --scenario site-loss     a million clients; --policy emptiest and --backoff none show what goes wrong`;

const DEFAULT_CLIENTS = 1_000_000;
const DEFAULT_SEEDS = 100;

function commandOf(): Command {
  return new Command('sim')
    .description('Runs the whole system in virtual time under faults, one run per seed, and checks every promise.')
    .addOption(new Option('--scenario <name>', 'what to run').choices(['seeds', 'site-loss']).default('seeds'))
    .option('--seed <seed>', 'run this one seed', wholeNumber)
    .option('--seeds <count>', 'run that many seeds', wholeNumber, DEFAULT_SEEDS)
    .option('--from <seed>', 'the first of them', wholeNumber, 1)
    .option('--cluster', 'run several nodes, which die, pause and lose each other, instead of one process', false)
    .option('--shrink', 'with --seed: find a smaller run that fails the same way', false)
    .option('--keep <places>', 'with --seed: run only these parts of its plan', places)
    .option('--check-determinism', 'run each seed twice and compare the traces', false)
    .option('--verbose', 'print a line per seed', false)
    .option('--trace-lines <count>', 'how much of the trace a failure shows', wholeNumber, 30)
    .option('--json', 'print the outcome as JSON on the last line', false)
    .option('--clients <count>', 'site-loss: how many clients there are', clientCount, DEFAULT_CLIENTS)
    .addOption(new Option('--policy <name>', 'site-loss').choices(['weighted', 'emptiest']).default('weighted'))
    .addOption(new Option('--backoff <name>', 'site-loss').choices(['engine', 'none']).default('engine'))
    .option('--svg <file>', 'site-loss: write a plot of the run')
    .addHelpText('after', EXPLANATION);
}

/** Reads the command line; commander prints the help or the complaint and ends the process when there is nothing to run. */
export function parseOptions(args: readonly string[]): SimCommand {
  const command = commandOf().parse(args, { from: 'user' });
  const { scenario, seed, seeds, from, keep, clients, policy, backoff, svg, ...rest } = command.opts<Options>();
  switch (scenario) {
    case 'site-loss':
      return { scenario, clients, seed: seed ?? from, policy, backoff, svg };
    case 'seeds': {
      if (seed === undefined && (rest.shrink || keep !== undefined)) command.error('--shrink and --keep need --seed');
      const range = seed === undefined ? { from, seeds } : { from: seed, seeds: 1 };
      return { scenario, ...rest, ...range, kept: keep };
    }
  }
}

type Options = Omit<SimOptions, 'kept'> &
  Pick<SiteLossOptions, 'clients' | 'policy' | 'backoff'> & {
    scenario: SimCommand['scenario'];
    svg: string | undefined;
    seed?: number;
    keep?: ReadonlySet<number>;
  };
