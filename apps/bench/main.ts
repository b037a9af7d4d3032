import { Command, InvalidArgumentError, Option } from 'commander';
import { startServerProcess } from './run/server.ts';
import { type DirectOptions, runDirect } from './scenarios/direct.ts';
import { type IdleOptions, runIdle } from './scenarios/idle.ts';

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

interface Options extends DirectOptions, IdleOptions {
  scenario: 'direct' | 'idle';
  json: boolean;
}

const options = new Command('bench')
  .description('Starts a Hongyan server of its own, loads it, and tells what it did')
  .addOption(new Option('--scenario <name>').choices(['direct', 'idle']).default('direct'))
  .addOption(new Option('--transport <name>').choices(['ws', 'tcp']).default('ws'))
  .option('--clients <count>', 'connections; even', pairs, 200)
  .option('--seconds <seconds>', 'the measured window, after a warm-up', positive, 10)
  .option('--window <count>', 'unanswered messages per client', count, 8)
  .option('--body-bytes <bytes>', 'size of a message', count, 100)
  .option('--rate <count>', 'messages per second, all clients together, whatever the server does', positive)
  .option('--accounts <count>', 'idle: accounts that share the connections; each costs a password hash', count, 100)
  .option('--json', 'one object on the last line', false)
  .parse()
  .opts<Options>();

const log = (line: string) => console.log(line);
const server = await startServerProcess();
try {
  const run = options.scenario === 'direct' ? runDirect : runIdle;
  const { lines, json, good } = await run(server, options, log);
  for (const line of lines) log(line);
  if (options.json) log(JSON.stringify(json));
  if (!good) process.exitCode = 1;
} finally {
  await server.stop();
}
