import { highlightsOf } from '@hongyan/sdk/search';

const BEFORE_CHARACTERS = 24;
const CHARACTERS_MAX = 160;

/** A part of a line, and whether it is what was looked for. */
export interface ExcerptPart {
  text: string;
  marked: boolean;
}

/** The part of a line in which something was found, with what was looked for in parts of their own. */
export function excerptOf(line: string, query: string): ExcerptPart[] {
  const highlights = query === '' ? [] : highlightsOf(line, query);
  const first = highlights[0]?.start ?? 0;
  const from = first <= BEFORE_CHARACTERS ? 0 : beginOf(line, first);
  const to = Math.min(line.length, from + CHARACTERS_MAX);
  const parts: ExcerptPart[] = [];
  let at = from;
  for (const { start, end } of highlights) {
    if (start >= to) break;
    parts.push(
      { text: line.slice(at, start), marked: false },
      { text: line.slice(start, Math.min(end, to)), marked: true },
    );
    at = Math.min(end, to);
  }
  parts.push({ text: line.slice(at, to), marked: false });
  if (from > 0) parts.unshift({ text: '…', marked: false });
  if (to < line.length) parts.push({ text: '…', marked: false });
  return parts.filter(({ text }) => text !== '');
}

/** Some characters before `first`, but not in the middle of a word. */
function beginOf(line: string, first: number): number {
  const from = first - BEFORE_CHARACTERS;
  const wordEnd = line.slice(from - 1, first).search(/\s/u);
  return wordEnd < 0 ? from : from + wordEnd;
}
