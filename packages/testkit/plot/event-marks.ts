import type { Part } from './card.ts';
import { stroke, text } from './shapes.ts';
import { SIZE } from './style.ts';
import { widthOf } from './text-width.ts';

/** Something that happened at a moment: an upright line with its name above the panel. */
export interface EventMark {
  x: number;
  label: string;
}

interface Placed extends EventMark {
  /** From the panel upwards. */
  lane: number;
  anchor: 'start' | 'end';
}

const LANE_HEIGHT = 17;
const GAP = 10;

/**
 * Names in lanes, so that none covers another. Later ones are in lower lanes, so that no line goes through a name on
 * its way up; only where a name must be on the left of its line, at the right end, its halo interrupts the others.
 */
function inLanes(marks: readonly EventMark[], right: number): Placed[] {
  const taken: number[] = [];
  return [...marks]
    .sort((one, other) => other.x - one.x)
    .map((mark) => {
      const width = widthOf(mark.label, SIZE.small) + GAP;
      const anchor = mark.x + width > right ? 'end' : 'start';
      const [from, to] = anchor === 'end' ? [mark.x - width, mark.x] : [mark.x, mark.x + width];
      const free = taken.findIndex((takenFrom) => to <= takenFrom);
      const lane = free === -1 ? taken.length : free;
      taken[lane] = from;
      return { ...mark, lane, anchor };
    });
}

/** The marks' names, which stand above a panel, and their lines through the panel's `plotHeight` below it. */
export function eventMarks(marks: readonly EventMark[], right: number, plotHeight: number): Part {
  const placed = inLanes(marks, right);
  const height = placed.reduce((most, { lane }) => Math.max(most, lane + 1), 0) * LANE_HEIGHT;
  return {
    height,
    draw: (top) => {
      const bottom = top + height;
      const middle = (lane: number) => bottom - lane * LANE_HEIGHT - LANE_HEIGHT / 2;
      const lines = placed.map(({ x, lane }) => stroke('mark', x, middle(lane) - 6, x, bottom + plotHeight));
      const names = placed.map(({ x, lane, anchor, label }) =>
        text(x + (anchor === 'end' ? -6 : 6), middle(lane) + 4, anchor, 'note halo', label),
      );
      return [...lines, ...names].join('\n');
    },
  };
}
