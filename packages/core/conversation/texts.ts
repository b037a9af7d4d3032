import { invalid, tooMuch } from './refuse.ts';

// Characters that have no place in a line of text: controls, line and paragraph separators, lone surrogates, and those
// that turn the direction of the text around them.
const notInLine = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u202a-\u202e\u2066-\u2069]/u;
// Of several lines: all controls but tabs and line feeds. Not every store can keep NUL.
const notInLines = /[^\P{Cc}\t\n\r]/u;
const visible = /[\p{L}\p{N}\p{P}\p{S}]/u;

/** Whether a text is one line that shows as what it is. */
export const isLine = (text: string): boolean => !notInLine.test(text);

/** Whether there is something to see. */
export const isVisible = (text: string): boolean => visible.test(text);

/** Throws ProtocolError for what is no line of at most so many characters (Unicode's, not UTF-16's). */
export function checkLine(what: string, text: string, charactersMax: number): void {
  checkLength(what, text, charactersMax);
  if (!isLine(text)) throw invalid(`${what} has characters that have no place in a line`);
}

/** The same of what may have several lines. */
export function checkLines(what: string, text: string, charactersMax: number): void {
  checkLength(what, text, charactersMax);
  if (notInLines.test(text)) throw invalid(`${what} has control characters`);
}

function checkLength(what: string, text: string, charactersMax: number): void {
  // Counting is left out for what could not be within it.
  if (text.length > 2 * charactersMax || [...text].length > charactersMax) {
    throw tooMuch(`${what} has more than ${charactersMax} characters`);
  }
}
