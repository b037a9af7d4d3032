import { Command, InvalidArgumentError, Option } from 'commander';
import { keep } from './measured/keep.ts';
import { keptName } from './measured/kept-name.ts';
import { System, type SystemOptions } from './run/system.ts';
import { type AllocationOptions, runAllocation } from './scenarios/allocation.ts';
import { type CompareOptions, runCompare } from './scenarios/compare.ts';
import { type CrowdOptions, runCrowd } from './scenarios/crowd.ts';
import { type DirectOptions, runDirect } from './scenarios/direct.ts';
import { type GreatGroupOptions, runGreatGroup } from './scenarios/great-group.ts';
import { type GroupOptions, runGroup } from './scenarios/group.ts';
import { type IdleOptions, runIdle } from './scenarios/idle.ts';
import { type PresenceOptions, runPresence } from './scenarios/presence.ts';
import type { Outcome } from './scenarios/report.ts';
import { type RollingOptions, runRolling } from './scenarios/rolling.ts';
import { runStorm, type StormOptions } from './scenarios/storm.ts';
import { runSync, type SyncOptions } from './scenarios/sync.ts';
import { runWeak, type WeakOptions } from './scenarios/weak.ts';
import { profileNames } from './weak/profiles/index.ts';

function positive(text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new InvalidArgumentError('It must be a number above 0.');
  return value;
}

function count(text: string): number {
  const value = positive(text);
  if (!Number.isInteger(value)) throw new InvalidArgumentError('It must be a whole number.');
  return value;
}

function pairs(text: string): number {
  const value = count(text);
  if (value % 2 !== 0) throw new InvalidArgumentError('Clients come in pairs.');
  return value;
}

/** Each with how many clients it has and how long it measures, unless told otherwise. */
const scenarios = {
  direct: { run: runDirect, clients: 200, seconds: 10 },
  compare: { clients: 200, seconds: 10 },
  group: { run: runGroup, clients: 1_000, seconds: 10 },
  'big-group': { run: runGroup, clients: 2_000, seconds: 10, groups: 1, members: 10_000 },
  'great-group': { run: runGreatGroup, clients: 2_000, seconds: 0, members: 100_000 },
  crowd: { run: runCrowd, clients: 100_000, seconds: 30 },
  allocation: { run: runAllocation, clients: 5_000, seconds: 0 },
  idle: { run: runIdle, clients: 200, seconds: 10 },
  presence: { run: runPresence, clients: 2_000, seconds: 0 },
  storm: { run: runStorm, clients: 5_000, seconds: 5 },
  rolling: { run: runRolling, clients: 5_000, seconds: 10 },
  sync: { run: runSync, clients: 2, seconds: 0 },
  weak: { run: runWeak, clients: 40, seconds: 120 },
};

/** What each scenario has instead, for people. */
function defaultsOf(name: 'clients' | 'seconds'): string {
  return Object.entries(scenarios)
    .filter(([, defaults]) => defaults[name] > 0)
    .map(([scenario, defaults]) => `${scenario}: ${defaults[name]}`)
    .join(', ');
}

interface Options
  extends SystemOptions,
    AllocationOptions,
    CompareOptions,
    CrowdOptions,
    DirectOptions,
    GreatGroupOptions,
    GroupOptions,
    IdleOptions,
    PresenceOptions,
    RollingOptions,
    StormOptions,
    SyncOptions,
    WeakOptions {
  scenario: keyof typeof scenarios;
  json: boolean;
  keep: string | undefined;
}

/** What scenarios have different defaults of. */
type Defaulted = 'clients' | 'seconds' | 'groups' | 'members';

const given = new Command('bench')
  .description('Starts a Hongyan server of its own, loads it, and tells what it did')
  .addOption(new Option('--scenario <name>').choices(Object.keys(scenarios)).default('direct'))
  .addOption(new Option('--transport <name>').choices(['ws', 'tcp', 'poll']).default('ws'))
  .option('--clients <count>', `connections; even (default: ${defaultsOf('clients')})`, pairs)
  .option('--seconds <seconds>', `what is measured, after a warm-up (default: ${defaultsOf('seconds')})`, positive)
  .option('--window <count>', 'unanswered messages per client', count, 8)
  .option('--body-bytes <bytes>', 'size of a message', count, 100)
  .option('--rate <count>', 'messages per second, all clients together, whatever the server does', positive)
  .option(
    '--accounts <count>',
    'idle, storm: accounts that share the connections, one for every eight at least; each costs a password hash',
    count,
    100,
  )
  .option('--groups <count>', 'group: how many (default: 100)', count)
  .option(
    '--members <count>',
    'of each group; they go round the accounts (default: 100, big-group: 10000, great-group: 100000)',
    count,
  )
  .addOption(
    new Option(
      '--fault <what>',
      'storm: all connections are cut, all gateways killed and started again, or one is lost',
    )
      .choices(['cut', 'restart', 'lose'])
      .default('cut'),
  )
  .addOption(new Option('--profile <name>', 'weak: the network').choices(profileNames).default('subway'))
  .option('--seed <number>', 'weak, sync: which of all such runs', count, 1)
  .option('--store <store>', 'sqlite, postgres (one of its own), or the URL of one', 'sqlite')
  .option('--bus <bus>', 'none, nats (one of its own), or the URL of one', 'none')
  .option('--nodes <count>', 'gateways, each a process', count, 1)
  .option('--apart', 'logic and API in processes of their own', false)
  .option('--logic <count>', 'with --apart: processes with logic (default: as many as gateways)', count)
  .option('--handshakes <count>', 'sessions that each gateway begins in a second (default: 1000)', count)
  .option('--sql-pool <count>', "compare: ejabberd's connections to PostgreSQL (its own default: 10)", count, 10)
  .option('--json', 'one object on the last line', false)
  .option('--keep <name>', 'write the result to docs/measured/<name>.json, from which npm run plots draws', keptName)
  .parse()
  .opts<Omit<Options, Defaulted> & Partial<Pick<Options, Defaulted>>>();

const options: Options = { groups: 100, members: 100, ...scenarios[given.scenario], ...given };
const log = (line: string) => console.log(line);

async function run(): Promise<Outcome> {
  if (options.scenario === 'compare') return runCompare(options, log);
  const { run: play } = scenarios[options.scenario];
  const system = await System.start(options);
  return play(system, options, log).finally(() => system.stop());
}

const { lines, json, good } = await run();
for (const line of lines) log(line);
if (options.keep !== undefined) log(keep({ name: options.keep, args: process.argv.slice(2), result: json }));
if (options.json) log(JSON.stringify(json));
if (!good) process.exitCode = 1;
