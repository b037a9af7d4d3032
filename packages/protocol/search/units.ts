import { type RunKind, runsOf } from './runs.ts';

/** The smallest thing that can be found: a word, or a character of a script without spaces. */
export interface Unit {
  kind: RunKind;
  text: string;
  /** Whether it follows the character before it with nothing between them; false for words. */
  isJoined: boolean;
}

/** A text as a sequence of units. */
export function unitsOf(text: string): Unit[] {
  return runsOf(text).flatMap(({ kind, text }): Unit[] =>
    kind === 'characters'
      ? Array.from(text, (character, index) => ({ kind, text: character, isJoined: index > 0 }))
      : [{ kind, text, isJoined: false }],
  );
}
