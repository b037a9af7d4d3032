import { type RunKind, runsOf } from './runs.ts';

/** The smallest thing that can be found: a word, or a character of a script without spaces. */
export interface Unit {
  kind: RunKind;
  text: string;
  /** Whether it follows the character before it with nothing between them; false for words. */
  isJoined: boolean;
  /** Where it begins in the folded text. */
  at: number;
}

/** A text as a sequence of units. */
export function unitsOf(text: string): Unit[] {
  return runsOf(text).flatMap(({ kind, text, at }): Unit[] =>
    kind === 'characters' ? charactersOf(text, at) : [{ kind, text, isJoined: false, at }],
  );
}

function charactersOf(run: string, runAt: number): Unit[] {
  let at = runAt;
  return Array.from(run, (text) => {
    const unit: Unit = { kind: 'characters', text, isJoined: at > runAt, at };
    at += text.length;
    return unit;
  });
}
