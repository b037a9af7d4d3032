import type { Phase } from '@hongyan/testkit/proxy';
import type { SeededRandom } from '@hongyan/testkit/random';

/** One person's way through bad network: phases without end, as the seed decides. */
export type Profile = (random: SeededRandom) => Generator<Phase, never>;

const MS_PER_SECOND = 1000;

/** A duration between two bounds in seconds, to the millisecond. */
export const secondsBetween = (random: SeededRandom, min: number, max: number): number =>
  random.between(min * MS_PER_SECOND, max * MS_PER_SECOND);
