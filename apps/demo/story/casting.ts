import type { SeededRandom } from '@hongyan/testkit/random';
import { isPersonKey, type PersonKey, VISITOR } from '../world/people.ts';
import type { Room } from '../world/rooms.ts';
import type { Scene } from './script.ts';

/** Who plays which part of a scene. Scripts call parts by a letter, or a person by the person's key. */
export type Casting = (part: string) => PersonKey;

const LETTERS = ['a', 'b', 'c', 'd'];

export const speakersOf = (room: Room): readonly PersonKey[] =>
  room.kind === 'group' ? room.speakers : [VISITOR, room.with];

/** Whether there are enough people for its parts. */
export function canPlay(scene: Scene, speakers: readonly PersonKey[]): boolean {
  const missing = LETTERS.slice(speakers.length);
  return !scene.steps.some((step) => [step.who].flat().some((part) => missing.includes(part)));
}

/** Gives out the parts anew. */
export function cast(speakers: readonly PersonKey[], random: SeededRandom): Casting {
  const left = [...speakers];
  const players = new Map(
    LETTERS.flatMap((letter): [string, PersonKey][] => {
      const [player] = left.length === 0 ? [] : left.splice(random.between(0, left.length - 1), 1);
      return player === undefined ? [] : [[letter, player]];
    }),
  );
  return (part) => {
    const player = isPersonKey(part) ? part : players.get(part);
    if (player === undefined) throw new Error(`nobody plays ${part}`);
    return player;
  };
}
