import { readableId } from '../system/names.ts';
import type { Part } from './plan.ts';

const shown = (value: unknown): string =>
  Array.isArray(value)
    ? value.join(' and ') || 'nobody'
    : typeof value === 'object' && value !== null
      ? Object.values(value).map(shown).join(' ')
      : String(value);

/** A part of a plan, for people: `2140 ms crash-device ann1, downMs 1200`. */
export function inWords(part: Part): string {
  const { kind, ...rest } = part;
  const when = 'atMs' in rest ? `${rest.atMs} ms ` : '';
  const details = Object.entries(rest)
    .filter(([name]) => name !== 'atMs')
    .map(([name, value]) => `${name} ${shown(value)}`);
  return readableId([`${when}${kind}`, ...details].join(', '));
}
