import { Command, InvalidArgumentError, Option } from 'commander';
import { startServerProcess } from './run/server.ts';
import { type SystemOptions, startSystem } from './run/system.ts';
import { type CompareOptions, runCompare } from './scenarios/compare.ts';
import { type CrowdOptions, runCrowd } from './scenarios/crowd.ts';
import { type DirectOptions, runDirect } from './scenarios/direct.ts';
import { type GroupOptions, runGroup } from './scenarios/group.ts';
import { type IdleOptions, runIdle } from './scenarios/idle.ts';
import type { Outcome } from './scenarios/report.ts';
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
  direct: { clients: 200, seconds: 10 },
  compare: { clients: 200, seconds: 10 },
  group: { clients: 1_000, seconds: 10 },
  crowd: { clients: 100_000, seconds: 30 },
  idle: { run: runIdle, clients: 200, seconds: 10 },
  storm: { run: runStorm, clients: 5_000, seconds: 5 },
  sync: { run: runSync, clients: 2, seconds: 0 },
  weak: { run: runWeak, clients: 40, seconds: 120 },
};

interface Options
  extends SystemOptions,
    CompareOptions,
    CrowdOptions,
    DirectOptions,
    GroupOptions,
    IdleOptions,
    StormOptions,
    SyncOptions,
    WeakOptions {
  scenario: keyof typeof scenarios;
  json: boolean;
}

const given = new Command('bench')
  .description('Starts a Hongyan server of its own, loads it, and tells what it did')
  .addOption(new Option('--scenario <name>').choices(Object.keys(scenarios)).default('direct'))
  .addOption(new Option('--transport <name>').choices(['ws', 'tcp', 'poll']).default('ws'))
  .option(
    '--clients <count>',
    'connections; even (default: 200, group: 1000, crowd: 100000, storm: 5000, weak: 40)',
    pairs,
  )
  .option(
    '--seconds <seconds>',
    'the measured window, after a warm-up (default: 10, storm: 5 before the cut, weak: 120)',
    positive,
  )
  .option('--window <count>', 'unanswered messages per client', count, 8)
  .option('--body-bytes <bytes>', 'size of a message', count, 100)
  .option('--rate <count>', 'messages per second, all clients together, whatever the server does', positive)
  .option(
    '--accounts <count>',
    'idle, storm: accounts that share the connections, one for every eight at least; each costs a password hash',
    count,
    100,
  )
  .option('--groups <count>', 'group: how many', count, 100)
  .option('--members <count>', 'group: of each; they go round the clients', count, 100)
  .option('--restart', 'storm: kill the server and start it again, instead of cutting the connections', false)
  .addOption(new Option('--profile <name>', 'weak: the network').choices(profileNames).default('subway'))
  .option('--seed <number>', 'weak, sync: which of all such runs', count, 1)
  .option('--store <store>', 'direct, group: sqlite, postgres (one of its own), or the URL of one', 'sqlite')
  .option('--bus <bus>', 'direct, group: none, nats (one of its own), or the URL of one', 'none')
  .option('--nodes <count>', 'direct, group: gateways, each a process', count, 1)
  .option('--apart', 'direct, group, crowd: logic and API in processes of their own', false)
  .option('--logic <count>', 'with --apart: processes with logic (default: as many as gateways)', count)
  .option('--sql-pool <count>', "compare: ejabberd's connections to PostgreSQL (its own default: 10)", count, 10)
  .option('--json', 'one object on the last line', false)
  .parse()
  .opts<Omit<Options, 'clients' | 'seconds'> & Partial<Pick<Options, 'clients' | 'seconds'>>>();

const { scenario, clients = scenarios[scenario].clients, seconds = scenarios[scenario].seconds } = given;
const options: Options = { ...given, clients, seconds };
const log = (line: string) => console.log(line);

async function run(): Promise<Outcome> {
  if (options.scenario === 'compare') return runCompare(options, log);
  if (options.scenario === 'direct' || options.scenario === 'group' || options.scenario === 'crowd') {
    const system = await startSystem(options);
    const play = { direct: runDirect, group: runGroup, crowd: runCrowd }[options.scenario];
    return play(system, options, log).finally(() => system.stop());
  }
  const server = await startServerProcess();
  return scenarios[options.scenario].run(server, options, log).finally(() => server.stop());
}

const { lines, json, good } = await run();
for (const line of lines) log(line);
if (options.json) log(JSON.stringify(json));
if (!good) process.exitCode = 1;
