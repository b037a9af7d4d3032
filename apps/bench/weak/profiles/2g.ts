import { line } from '@hongyan/testkit/proxy';
import { type Profile, secondsBetween } from './profile.ts';

const BITS_PER_KILOBIT = 1000;

/**
 * GPRS at the edge of a cell: 600 to 1200 ms there and back, 20 to 40 kbit/s, 2 to 5 of 100 packets lost. It never goes
 * away and is never good; what hurts is every byte and every round trip that was not needed.
 */
export const twoG: Profile = function* (random) {
  for (;;) {
    const conditions = line('open', {
      delayMs: 300,
      jitterMs: 300,
      bitsPerSecond: random.between(20, 40) * BITS_PER_KILOBIT,
      lossChance: random.between(20, 50) / 1000,
    });
    yield { name: 'edge', durationMs: secondsBetween(random, 10, 30), conditions };
  }
};
