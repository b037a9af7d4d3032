import type { Named } from './legend.ts';
import { text } from './shapes.ts';

const LABEL_HEIGHT = 15;

export interface EndName extends Named {
  y: number;
}

/** The names of lines at their ends, moved so far that none covers another and none is below `bottom`. */
export function endNames(names: readonly EndName[], x: number, bottom: number): string {
  return apart(names, bottom)
    .map(({ label, hue, y }) => text(x, y + 4, 'start', `name ${hue}`, label))
    .join('\n');
}

function apart(names: readonly EndName[], bottom: number): EndName[] {
  const placed = [...names].sort((one, other) => one.y - other.y);
  let freeY = Number.NEGATIVE_INFINITY;
  for (const [index, name] of placed.entries()) {
    const highestY = bottom - (placed.length - 1 - index) * LABEL_HEIGHT;
    const y = Math.min(Math.max(name.y, freeY), highestY);
    placed[index] = { ...name, y };
    freeY = y + LABEL_HEIGHT;
  }
  return placed;
}
