import type { SeededRandom } from '../random/seeded-random.ts';
import type { Weather } from './weather.ts';

/** How often a seed has each kind of weather. */
const KIND_CHANCE = 0.35;

/** Each kind of weather for itself: present or not, mild or wild. */
export function drawWeather(random: SeededRandom): Weather[] {
  const all: Weather[] = [
    { kind: 'slow-network', latencyMsMax: random.pick([50, 300]) },
    { kind: 'network-spikes', spikeChance: random.pick([0.05, 0.2]), spikeMsMax: 3_000 },
    { kind: 'split-writes', splitChance: random.pick([0.1, 0.5]) },
    { kind: 'refused-connections', refuseChance: 0.3 },
    { kind: 'thin-network', bytesPerSecond: random.pick([500, 4_000]) },
    { kind: 'bus-drops', dropChance: random.pick([0.1, 0.5]) },
    { kind: 'bus-doubles', duplicateChance: random.pick([0.1, 0.3]) },
    { kind: 'bus-reorders', delayChance: random.pick([0.2, 0.5]), delayMsMax: 800 },
    { kind: 'slow-store', commitMsMax: random.pick([20, 100]), readMsMax: random.pick([10, 100, 300]) },
    { kind: 'store-fails', failChance: random.pick([0.03, 0.15]) },
    { kind: 'store-in-doubt', inDoubtChance: random.pick([0.03, 0.15]) },
    { kind: 'store-stalls', stallChance: 0.02, stallMsMax: random.pick([4_000, 40_000]) },
    { kind: 'slow-disks', writeMsMax: random.pick([20, 200]) },
    { kind: 'disks-fail', diskFailChance: 0.05 },
    { kind: 'disks-forget' },
  ];
  return all.filter(() => random.chance(KIND_CHANCE));
}
