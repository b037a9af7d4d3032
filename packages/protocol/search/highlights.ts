import { fold } from './fold.ts';
import { occursAt } from './matches.ts';
import { parseQuery, type SearchQuery, type Term } from './query.ts';
import { type Unit, unitsOf } from './units.ts';

/** A part of a text: from `start` up to before `end`, in UTF-16 code units. */
export interface Highlight {
  start: number;
  end: number;
}

/**
 * The parts of a text that a query finds, ascending and apart from each other; of a word that a longer one stands for, its
 * beginning. None where the text does not have all terms, and where what was written cannot be told from what was compared.
 */
export function highlightsOf(text: string, query: string | SearchQuery): Highlight[] {
  const { terms } = typeof query === 'string' ? parseQuery(query) : query;
  const folded = foldedWithPlaces(text);
  if (folded === undefined) return [];
  const units = unitsOf(folded.text);
  const found: Highlight[] = [];
  for (const term of terms) {
    const starts = units.flatMap((_unit, start) => (occursAt(units, start, term) ? [start] : []));
    if (starts.length === 0) return [];
    for (const start of starts) {
      const { from, to } = extentOf(units, start, term);
      found.push({ start: folded.places[from] ?? 0, end: folded.ends[to - 1] ?? text.length });
    }
  }
  return joined(found);
}

function extentOf(
  units: readonly Unit[],
  start: number,
  { units: wanted, isOpen }: Term,
): { from: number; to: number } {
  const last = units[start + wanted.length - 1];
  const asked = wanted.at(-1)?.text.length ?? 0;
  const from = units[start]?.at ?? 0;
  return { from, to: (last?.at ?? 0) + (isOpen ? asked : (last?.text.length ?? 0)) };
}

/** A character with what changes it: they are folded together. */
const clusters = /[\u1100-\u11ff]+|[\s\S][\p{M}\uff9e\uff9f]*/gu;
/** Folding them takes no more than this. */
const simple = /^[\0-\x7f\u3041-\u3096\u4e00-\u9fff]$/;

/** A folded text with, of each of its code units, where in the text it comes from; undefined where that cannot be told. */
function foldedWithPlaces(text: string): { text: string; places: number[]; ends: number[] } | undefined {
  const places: number[] = [];
  const ends: number[] = [];
  let folded = '';
  for (const { 0: cluster, index } of text.matchAll(clusters)) {
    const part = simple.test(cluster) ? cluster.toLowerCase() : fold(cluster);
    folded += part;
    for (let at = 0; at < part.length; at++) {
      places.push(index);
      ends.push(index + cluster.length);
    }
  }
  return fold(folded) === folded ? { text: folded, places, ends } : undefined;
}

function joined(found: readonly Highlight[]): Highlight[] {
  const apart: Highlight[] = [];
  for (const { start, end } of found.toSorted((a, b) => a.start - b.start)) {
    const last = apart.at(-1);
    if (last !== undefined && start <= last.end) last.end = Math.max(last.end, end);
    else apart.push({ start, end });
  }
  return apart;
}
