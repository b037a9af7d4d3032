import type { SeededRandom } from '../random/seeded-random.ts';
import { streamsOf } from '../random/streams.ts';
import { names } from '../system/names.ts';
import { drawAmendments } from './draw-amendments.ts';
import { drawClears, drawDeeds, drawFloods } from './draw-deeds.ts';
import { drawFaults, ONLY_NODE } from './draw-faults.ts';
import { drawGroups } from './draw-groups.ts';
import { drawRelations } from './draw-relations.ts';
import { drawSignals } from './draw-signals.ts';
import { drawWeather } from './draw-weather.ts';
import type { DevicePlan, Plan } from './plan.ts';

/** How long a run's faults go on, and how long one that lasts does: within what timeouts bridge, or beyond all of them. */
export interface Span {
  faultyMs: number;
  faultMsMax: number;
}

/** How often a seed has accounts with more conversations than a device states one by one. */
const MANY_CHANCE = 0.15;
const letters = 'bcdfghjkmn';

/** Names that nobody else has, in letters that ids may have. */
const acquaintancesOf = (count: number) =>
  Array.from(
    { length: count },
    (_, index) => `p${letters.charAt(Math.floor(index / 10))}${letters.charAt(index % 10)}`,
  );

/**
 * What a seed decides. Every seed switches some faults on and leaves most of them out (swarm testing): runs in which
 * everything fails at once never get anywhere, and so hide what only a few faults together show.
 */
export function drawPlan(seed: number): Plan {
  const streams = streamsOf(seed);
  const random = streams('plan');
  const isLong = random.chance(0.25);
  const span: Span = isLong
    ? { faultyMs: random.between(60_000, 240_000), faultMsMax: 100_000 }
    : { faultyMs: random.between(5_000, 30_000), faultMsMax: 8_000 };
  const people = names.slice(0, random.between(2, 4));
  const acquaintances = acquaintancesOf(random.chance(MANY_CHANCE) ? random.between(15, 40) : 0);
  const devices = drawDevices(random, people, span);
  const steps = [
    ...drawDeeds(streams('deeds'), { people, acquaintances }, devices, span),
    ...drawClears(streams('clears'), { people, acquaintances }, devices, span),
    ...drawFloods(streams('floods'), { people, acquaintances }, devices, span),
    ...drawSignals(streams('signals'), { people, acquaintances }, devices, span),
    ...drawGroups(streams('groups'), people, devices, span),
    ...drawAmendments(streams('amendments'), people, devices, span),
    ...drawRelations(streams('relations'), people, devices, span),
    ...drawFaults(streams('faults'), devices, span),
  ];
  return {
    seed,
    people,
    acquaintances,
    faultyMs: span.faultyMs,
    pageEntriesMax: random.pick([3, 7, 200]),
    nodes: [{ name: ONLY_NODE, isGateway: true, isLogic: true, skewMs: 0 }],
    devices,
    weather: drawWeather(streams('weather')),
    steps: steps.sort((a, b) => a.atMs - b.atMs),
  };
}

function drawDevices(random: SeededRandom, people: readonly string[], span: Span): DevicePlan[] {
  const withTwo = random.between(0, 2);
  const lateChance = random.pick([0, 0.3, 0.6]);
  const skewMsMax = random.pick([0, 2_000, 3_600_000]);
  const driftMsMax = random.pick([0, 0, 5]);
  const tabChance = random.pick([0, 0, 0.5]);
  return people.flatMap((owner, index) => {
    const own = index < withTwo ? [`${owner}1`, `${owner}2`] : [owner];
    const tabs = own.filter(() => random.chance(tabChance)).map((tabOf) => ({ name: `${tabOf}t`, tabOf }));
    return [...own.map((name) => ({ name, tabOf: '' })), ...tabs].map(
      ({ name, tabOf }): DevicePlan => ({
        kind: 'device',
        name,
        owner,
        tabOf,
        startsAtMs: random.chance(lateChance) ? random.between(0, span.faultyMs) : 0,
        skewMs: random.between(-skewMsMax, skewMsMax),
        driftMsPerS: random.between(-driftMsMax, driftMsMax),
      }),
    );
  });
}
