import { Command, InvalidArgumentError } from 'commander';
import { MEASURED } from './costs.ts';
import { ASSUMED, type Demand } from './demand.ts';
import { planFor } from './plan.ts';
import { tableOf } from './table.ts';

const DEFAULT_ONLINE = [10_000, 100_000, 1_000_000, 10_000_000];

function atLeastZero(text: string): number {
  const value = Number(text);
  if (!(value >= 0)) throw new InvalidArgumentError('It must be a number, 0 or more.');
  return value;
}

function share(text: string): number {
  const value = atLeastZero(text);
  if (value > 1) throw new InvalidArgumentError('It must be from 0 to 1.');
  return value;
}

function counts(text: string): number[] {
  const values = text.split(',').map(Number);
  if (!values.every((value) => Number.isSafeInteger(value) && value > 0)) {
    throw new InvalidArgumentError('It must be whole numbers above 0, with commas between them.');
  }
  return values;
}

const { online, ...habits } = new Command('capacity')
  .description('How many of what a number of people needs, from measured costs (docs/scale.md)')
  .option('--online <counts>', 'devices connected at the same time', counts, DEFAULT_ONLINE)
  .option('--messages-per-hour <count>', 'each, in the busiest hour', atLeastZero, ASSUMED.messagesPerHour)
  .option('--group-share <share>', 'of the messages that go to groups, 0 to 1', share, ASSUMED.groupShare)
  .option('--group-online <count>', 'members of such a group that are online', atLeastZero, ASSUMED.groupOnline)
  .option('--reconnects-per-hour <count>', 'each, in the busiest hour', atLeastZero, ASSUMED.reconnectsPerHour)
  .option('--sign-in-share <share>', 'of these that go on with no session, 0 to 1', share, ASSUMED.signInShare)
  .option('--day-hours <count>', 'busiest hours that a day makes', atLeastZero, ASSUMED.dayHours)
  .parse()
  .opts<Omit<Demand, 'online'> & { online: number[] }>();

console.log(tableOf(online.map((count) => planFor({ ...habits, online: count }, MEASURED))));
