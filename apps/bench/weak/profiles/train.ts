import { line } from '@hongyan/testkit/proxy';
import { type Profile, secondsBetween } from './profile.ts';

const track = line(
  'open',
  { delayMs: 40, jitterMs: 300, bitsPerSecond: 1_000_000, lossChance: 0.01 },
  { delayMs: 40, jitterMs: 300, bitsPerSecond: 4_000_000, lossChance: 0.01 },
);
const cutting = line('silent');

/** How often a handover at this speed fails, and the connection with it. */
const HANDOVER_FAILS_CHANCE = 0.1;

/**
 * Across the country at 200 km/h: a handover every few kilometres, hills and short tunnels. Outages are too short to be
 * told from a slow answer, so who gives a connection up at each of them is never done.
 */
export const train: Profile = function* (random) {
  for (;;) {
    yield { name: 'track', durationMs: secondsBetween(random, 10, 30), conditions: track };
    const cut = random.chance(HANDOVER_FAILS_CHANCE) ? [] : undefined;
    yield { name: 'hill', durationMs: secondsBetween(random, 1, 8), conditions: cutting, cut };
  }
};
