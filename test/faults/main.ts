// npm run faults: real processes under load and under faults, for as long as one likes, judged by the simulator's checkers.
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { ServerProcess } from '../e2e/kit/server-process.ts';
import { faultsOf } from './kit/campaign.ts';
import { startLoad } from './kit/load.ts';
import { SmallDisk } from './kit/small-disk.ts';
import { FaultWorld } from './kit/world.ts';

const DISK_MB = 512;
const MS_PER_MINUTE = 60_000;
const PAUSE_MIN_MS = 500;
const PAUSE_MAX_MS = 5_000;
/** Between two messages of one device, at most. */
const LOAD_PAUSE_MS_MAX = 150;

const { values } = parseArgs({
  options: { minutes: { type: 'string', default: '5' }, seed: { type: 'string', default: '1' } },
});
const [minutes, seed] = [Number(values.minutes), Number(values.seed)];
if (!(minutes > 0) || !Number.isInteger(seed)) throw new RangeError('usage: --minutes <minutes> --seed <number>');

const disk = await SmallDisk.mount(DISK_MB).catch((error: Error) => {
  console.log(`the disk is not filled in this run: ${error.message}`);
  return undefined;
});
try {
  process.exitCode = await campaign(disk);
} finally {
  await disk?.unmount();
}

/** Answers the exit code. */
async function campaign(small: SmallDisk | undefined): Promise<number> {
  const server = await ServerProcess.create(small && join(small.directory, 'data'));
  const world = await FaultWorld.create(server, seed);
  try {
    const faults = faultsOf(small);
    const counts = new Map<string, number>();
    const load = startLoad(world.devices, world.random.fork(), LOAD_PAUSE_MS_MAX);
    const endMs = performance.now() + minutes * MS_PER_MINUTE;
    while (performance.now() < endMs && world.judge.violations.length === 0) {
      await wait(world.random.between(PAUSE_MIN_MS, PAUSE_MAX_MS));
      const [name, inflict] = world.random.pick(faults);
      counts.set(name, (counts.get(name) ?? 0) + 1);
      console.log(`${world.sightings.acknowledged} acknowledged; ${name}`);
      await inflict(world);
    }
    load.stop();
    console.log('faults stop');
    const complaints = await world.verdict();
    for (const complaint of complaints) console.log(complaint);
    console.log(JSON.stringify(Object.fromEntries(counts)));
    console.log(
      `${minutes} min, seed ${seed}: ${world.sightings.acknowledged} messages acknowledged, ${complaints.length} complaints`,
    );
    return complaints.length === 0 ? 0 : 1;
  } finally {
    await world.dispose();
  }
}
