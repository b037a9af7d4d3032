import { setTimeout as wait } from 'node:timers/promises';
import { line, perfectLine } from '@hongyan/testkit/proxy';
import type { Fault } from './fault.ts';
import type { FaultWorld } from './fault-world.ts';
import type { SmallDisk } from './small-disk.ts';
import { limitFileSize } from './small-disk.ts';

/** Long enough that the silence limit of both sides is over: heartbeats come every 25 s at least, and 2.4 of them are waited for. */
const LONG_FREEZE_MS = 70_000;
const SHORT_MS_MIN = 500;
const SHORT_MS_MAX = 6_000;
/** A file limit this small stops every write to the log. */
const FILE_BYTES_MAX = 4096;

type ServerFault = Fault<FaultWorld>;

const shortly = (world: FaultWorld) => wait(world.random.between(SHORT_MS_MIN, SHORT_MS_MAX));
const proxies = (world: FaultWorld) => Object.values(world.proxies);

const freeze = async (world: FaultWorld, durationMs: number) => {
  process.kill(world.server.pid, 'SIGSTOP');
  await wait(durationMs);
  process.kill(world.server.pid, 'SIGCONT');
};

const weather = async (world: FaultWorld, conditions: ReturnType<typeof line>) => {
  for (const proxy of proxies(world)) proxy.conditions = conditions;
  await shortly(world);
  for (const proxy of proxies(world)) proxy.conditions = perfectLine;
};

const network: readonly ServerFault[] = [
  ['both sides are cut off', async (world) => proxies(world).forEach((proxy) => void proxy.cut())],
  ['the client is cut off', async (world) => proxies(world).forEach((proxy) => void proxy.cut(['client']))],
  ['the server is cut off', async (world) => proxies(world).forEach((proxy) => void proxy.cut(['server']))],
  ['a path vanishes unsaid', async (world) => proxies(world).forEach((proxy) => void proxy.cut([]))],
  ['cut within a command', async (world) => proxies(world).forEach((proxy) => void proxy.cutInNext('up'))],
  ['cut within a frame', async (world) => proxies(world).forEach((proxy) => void proxy.cutInNext('down'))],
  ['silence', (world) => weather(world, line('silent'))],
  ['nobody is let in', (world) => weather(world, line('refusing'))],
  ['a bad line', (world) => weather(world, line('open', { delayMs: 200, jitterMs: 500, lossChance: 0.05 }))],
];

const server: readonly ServerFault[] = [
  ['kill -9', (world) => world.crashServer()],
  ['kill -9', (world) => world.crashServer()],
  ['kill -9', (world) => world.crashServer()],
  ['a short freeze', (world) => freeze(world, world.random.between(SHORT_MS_MIN, SHORT_MS_MAX))],
];

const longFreeze: ServerFault = ['a long freeze', (world) => freeze(world, LONG_FREEZE_MS)];

const writesFail: ServerFault = [
  'writes fail',
  async (world) => {
    const { pid } = world.server;
    await limitFileSize(pid, FILE_BYTES_MAX);
    await shortly(world);
    await limitFileSize(pid, undefined);
  },
];

const fullDisk = (disk: SmallDisk): ServerFault => [
  'a full disk',
  async (world) => {
    await disk.fill();
    await shortly(world);
    await disk.makeRoom();
  },
];

/** What may happen to a world whose server writes to `disk`; undefined: a disk that cannot be filled. */
export const faultsOf = (disk: SmallDisk | undefined): readonly ServerFault[] => [
  ...network,
  ...server,
  longFreeze,
  writesFail,
  ...(disk === undefined ? [] : [fullDisk(disk)]),
];
