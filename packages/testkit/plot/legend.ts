import { MARGIN, type Part, WIDTH } from './card.ts';
import type { Hue } from './hues.ts';
import { dot, text } from './shapes.ts';
import { SIZE } from './style.ts';
import { widthOf } from './text-width.ts';

export interface Named {
  label: string;
  hue: Hue;
}

const ROW_HEIGHT = 20;
const DOT_WIDTH = 14;
const GAP = 22;
const BELOW = 8;

/** Which colour is what, in as many rows as it takes. */
export function legend(items: readonly Named[], left: number): Part {
  let [x, row] = [left, 0];
  const placed = items.map((item) => {
    const width = DOT_WIDTH + widthOf(item.label, SIZE.small);
    if (x > left && x + width > WIDTH - MARGIN) [x, row] = [left, row + 1];
    const place = { ...item, x, row };
    x += width + GAP;
    return place;
  });
  return {
    height: items.length === 0 ? 0 : (row + 1) * ROW_HEIGHT + BELOW,
    draw: (top) =>
      placed
        .map(({ label, hue, x, row }) => {
          const y = top + row * ROW_HEIGHT + ROW_HEIGHT / 2;
          return `${dot(hue, x + 5, y, 4.5)}\n${text(x + DOT_WIDTH, y + 4, 'start', 'note', label)}`;
        })
        .join('\n'),
  };
}
