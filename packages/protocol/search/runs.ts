import { fold } from './fold.ts';

/**
 * Where a text is cut. `characters` are written without spaces (Chinese, Japanese, Thai and its neighbours, emoji), so that
 * nobody can say without a dictionary where a word ends. `hangul` has spaces, but particles behind the words.
 */
export type RunKind = 'characters' | 'hangul' | 'word';

export interface Run {
  kind: RunKind;
  /** Folded. */
  text: string;
  /** Where it begins in the folded text. */
  at: number;
}

const characters =
  '[\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Katakana}\\p{sc=Bopomofo}\\u3099\\u309aー' +
  '\\p{sc=Thai}\\p{sc=Lao}\\p{sc=Khmer}\\p{sc=Myanmar}\\p{Extended_Pictographic}\\p{Regional_Indicator}]';
const hangul = '\\p{sc=Hangul}';
const word = `(?!${characters}|${hangul})[\\p{L}\\p{N}\\p{M}]`;
const pattern = new RegExp(`(?<word>(?:${word})+)|(?<hangul>${hangul}+)|${characters}+`, 'gu');

/** Of a folded text more is passed over: there are characters that fold into 18 (U+FDFA). */
const FOLDED_CHARACTERS_MAX = 20_000;

/** The parts of a text that are searched for, in their order; what is between them separates, and is nothing else. */
export function runsOf(text: string): Run[] {
  return Array.from(fold(text).slice(0, FOLDED_CHARACTERS_MAX).matchAll(pattern), ({ 0: run, index: at, groups }) => {
    if (groups?.word !== undefined) return { kind: 'word', text: run, at };
    return { kind: groups?.hangul === undefined ? 'characters' : 'hangul', text: run, at };
  });
}
