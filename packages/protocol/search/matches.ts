import { parseQuery, type SearchQuery, type Term } from './query.ts';
import { type Unit, unitsOf } from './units.ts';

/** Whether a text has what a query asks for. Markdown and mentions are text like any other. */
export function matches(text: string, query: string | SearchQuery): boolean {
  const { terms } = typeof query === 'string' ? parseQuery(query) : query;
  if (terms.length === 0) return false;
  const units = unitsOf(text);
  return terms.every((term) => units.some((_unit, start) => occursAt(units, start, term)));
}

/**
 * Between words, and between a word and a character, it does not matter what stands in the text: many write a space between 微信
 * and Latin letters, and many do not. Characters that are together in the query are together in the text.
 */
export function occursAt(units: readonly Unit[], start: number, { units: wanted, isOpen }: Term): boolean {
  return wanted.every((want, index) => {
    const unit = units[start + index];
    if (unit === undefined || (want.isJoined && !unit.isJoined)) return false;
    if (isOpen && index === wanted.length - 1 && want.kind !== 'characters') return unit.text.startsWith(want.text);
    return unit.text === want.text;
  });
}
