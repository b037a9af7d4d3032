import { MARGIN, WIDTH } from './card.ts';
import type { Hue } from './hues.ts';
import type { Scale } from './scale.ts';
import { figure } from './shapes.ts';
import { SIZE } from './style.ts';
import { BOLD, balanced, widthOf } from './text-width.ts';

export interface Bar {
  value: number;
  hue: Hue;
  /** Stands behind the value, and points to what the card says of it. */
  sign?: string;
}

export interface BarRow {
  label: string;
  bars: readonly Bar[];
  /** Stands at the right end. */
  note?: string;
  /** Stands above the row, as the name of it and those that follow. */
  heading?: string;
}

export const LINE_HEIGHT = 16;
export const BAR_HEIGHT = 18;
export const ROW_GAP = 12;
export const HEADING_HEIGHT = 24;
export const VALUE_GAP = 8;
export const LABEL_GAP = 12;
const LABEL_WIDTH_MAX = 265;
/** Half of the last tick's number is beyond it. */
const TICK_ROOM = 28;

/** Where the bars begin and where the scale ends. */
export interface Layout {
  left: number;
  right: number;
}

/** As much as leaves room for the names on the left, the notes on the right and, behind every bar, for its value. */
export function layoutOf(rows: readonly BarRow[], scale: Scale, noteTitle = ''): Layout {
  const widest = (texts: readonly string[], size: number) => Math.max(0, ...texts.map((each) => widthOf(each, size)));
  const labels = rows.flatMap(({ label }) => linesOf(label));
  const notes = rows.flatMap(({ note }) => (note === undefined ? [] : [note]));
  const headings = rows.flatMap(({ heading }) => (heading === undefined ? [] : [heading]));
  const left = MARGIN + Math.max(widest(labels, SIZE.text), BOLD * widest(headings, SIZE.text)) + LABEL_GAP;
  const noteWidth = notes.length === 0 ? 0 : widest([...notes, noteTitle], SIZE.small) + LABEL_GAP;
  const end = WIDTH - MARGIN - noteWidth;
  const rights = rows
    .flatMap(({ bars }) => bars)
    .map((bar) => left + (end - left - valueWidth(bar)) / Math.max(scale.shareOf(bar.value), 0.01));
  return { left, right: Math.min(end - TICK_ROOM, ...rights) };
}

export const linesOf = (label: string): string[] => balanced(label, LABEL_WIDTH_MAX, SIZE.text);
export const valueText = ({ value, sign = '' }: Bar): string => figure(value) + sign;
const valueWidth = (bar: Bar): number => VALUE_GAP + BOLD * widthOf(valueText(bar), SIZE.text);
export const contentHeight = ({ label, bars }: BarRow): number =>
  Math.max(bars.length * BAR_HEIGHT, linesOf(label).length * LINE_HEIGHT);
export const rowHeight = (row: BarRow): number =>
  (row.heading === undefined ? 0 : HEADING_HEIGHT) + contentHeight(row) + ROW_GAP;
