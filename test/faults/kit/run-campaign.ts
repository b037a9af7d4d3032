import { setTimeout as wait } from 'node:timers/promises';
import type { Fault } from './fault.ts';
import { startLoad } from './load.ts';
import type { World } from './world.ts';

const MS_PER_MINUTE = 60_000;
const PAUSE_MIN_MS = 500;
const PAUSE_MAX_MS = 5_000;
/** Between two messages of one device, at most. */
const LOAD_PAUSE_MS_MAX = 150;

/** Has one fault after another happen under load, for so long; then everything has to settle. Answers the exit code. */
export async function runCampaign<W extends World>(
  world: W,
  faults: readonly Fault<W>[],
  minutes: number,
): Promise<number> {
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
  console.log(`${minutes} min: ${world.sightings.acknowledged} messages acknowledged, ${complaints.length} complaints`);
  return complaints.length === 0 ? 0 : 1;
}
