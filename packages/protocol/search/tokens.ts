import { runsOf } from './runs.ts';

/** A longer word is indexed by its beginning; no language has such words, but messages have keys and encoded files. */
const WORD_CHARACTERS_MAX = 64;

/**
 * What an index keeps of a text, each token once, in no order that counts: words, and of scripts without spaces every character
 * and every two that stand together. Tokens are folded; they have no spaces, but emoji and other letters than a to z.
 */
export function searchTokens(text: string): string[] {
  const tokens = new Set<string>();
  for (const run of runsOf(text)) {
    if (run.kind !== 'characters') {
      tokens.add(wordToken(run.text));
      continue;
    }
    let before = '';
    for (const character of run.text) {
      tokens.add(character);
      if (before !== '') tokens.add(before + character);
      before = character;
    }
  }
  return [...tokens];
}

/** A word as the index has it. */
export function wordToken(word: string): string {
  return word.length > WORD_CHARACTERS_MAX ? Array.from(word).slice(0, WORD_CHARACTERS_MAX).join('') : word;
}
