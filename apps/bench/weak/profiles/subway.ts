import { line } from '@hongyan/testkit/proxy';
import { type Profile, secondsBetween } from './profile.ts';

const station = line(
  'open',
  { delayMs: 25, jitterMs: 30, bitsPerSecond: 5_000_000, lossChance: 0.002 },
  { delayMs: 25, jitterMs: 30, bitsPerSecond: 20_000_000, lossChance: 0.002 },
);
const tunnelMouth = line('open', { delayMs: 150, jitterMs: 400, bitsPerSecond: 200_000, lossChance: 0.08 });
const tunnel = line('silent');

/** How often the address changes with the cell: the operator's gateway then knows nothing of the old connections. */
const CELL_CHANGE_CHANCE = 0.7;
/** How often the phone's own system ends its sockets then; otherwise they look alive and are not. */
const PHONE_NOTICES_CHANCE = 0.5;

/**
 * Below ground. 4G while the train stands in a station and a little beyond, worse towards the tunnel, then nothing at all for
 * as long as two stations are apart. Another cell takes over at the next one: mostly the old connection does not come
 * through that, and the server is never told.
 */
export const subway: Profile = function* (random) {
  yield { name: 'station', durationMs: secondsBetween(random, 3, 20), conditions: station };
  for (;;) {
    yield { name: 'tunnel mouth', durationMs: secondsBetween(random, 2, 5), conditions: tunnelMouth };
    yield { name: 'tunnel', durationMs: secondsBetween(random, 20, 60), conditions: tunnel };
    const told = random.chance(PHONE_NOTICES_CHANCE) ? (['client'] as const) : [];
    yield {
      name: 'station',
      durationMs: secondsBetween(random, 20, 40),
      conditions: station,
      cut: random.chance(CELL_CHANGE_CHANCE) ? told : undefined,
    };
  }
};
