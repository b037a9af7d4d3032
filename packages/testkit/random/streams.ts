import { SeededRandom } from './seeded-random.ts';

/** A stream of randomness for each name: what one part draws, or that it is not there, changes nothing for the others. */
export type Streams = (name: string) => SeededRandom;

export const streamsOf =
  (seed: number): Streams =>
  (name) =>
    new SeededRandom(seed, hash(name));

/** FNV-1a. */
function hash(name: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < name.length; at++) value = Math.imul(value ^ name.charCodeAt(at), 0x01000193);
  return value;
}
