import { line } from '@hongyan/testkit/proxy';
import { type Profile, secondsBetween } from './profile.ts';

const office = line('open', { delayMs: 5, jitterMs: 15, bitsPerSecond: 50_000_000, lossChance: 0.001 });
const cabin = line('silent');

/** How often the access point upstairs is another one, for which the old connection does not exist. */
const ROAM_CHANCE = 0.5;

/**
 * Good wireless network on every floor and a metal box in between. The doors close without a word to anybody: both ends
 * believe in a connection over which nothing comes. Afterwards it sometimes lives on, and sometimes only seems to.
 */
export const elevator: Profile = function* (random) {
  yield { name: 'floor', durationMs: secondsBetween(random, 3, 20), conditions: office };
  for (;;) {
    yield { name: 'cabin', durationMs: secondsBetween(random, 30, 90), conditions: cabin };
    const cut = random.chance(ROAM_CHANCE) ? [] : undefined;
    yield { name: 'floor', durationMs: secondsBetween(random, 15, 40), conditions: office, cut };
  }
};
