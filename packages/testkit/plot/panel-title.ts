import type { Part } from './card.ts';
import { text } from './shapes.ts';
import { SIZE } from './style.ts';
import { BOLD, wrapped } from './text-width.ts';

const LINE_HEIGHT = 17;
const BELOW = 7;

/** What stands above a panel, from `left` on and no further than `right`. */
export function panelTitle(title: string, left: number, right: number): Part {
  const lines = wrapped(title, (right - left) / BOLD, SIZE.text);
  return {
    height: lines.length * LINE_HEIGHT + BELOW,
    draw: (top) =>
      lines.map((line, index) => text(left, top + 12 + index * LINE_HEIGHT, 'start', 'title', line)).join('\n'),
  };
}
