import {
  BAR_HEIGHT,
  type BarRow,
  contentHeight,
  HEADING_HEIGHT,
  LABEL_GAP,
  type Layout,
  LINE_HEIGHT,
  layoutOf,
  linesOf,
  ROW_GAP,
  rowHeight,
  VALUE_GAP,
  valueText,
} from './bar-row.ts';
import { MARGIN, type Part, WIDTH } from './card.ts';
import type { Hue } from './hues.ts';
import { legend, type Named } from './legend.ts';
import { panelTitle } from './panel-title.ts';
import type { Scale } from './scale.ts';
import { dot, round, stroke, text, tickText } from './shapes.ts';

export interface BarPanelOptions {
  /** What is to the right, and in what unit. */
  title: string;
  scale: Scale;
  rows: readonly BarRow[];
  /** How a value is shown. A bar's length means its value, so it is for scales from 0; on others a dot has a place. */
  shape: 'bar' | 'dot';
  /** What the rows' notes are. */
  noteTitle?: string;
  legend?: readonly Named[];
}

/** On the right of the title there is the notes'. */
const TITLE_RIGHT = WIDTH - 200;
const AXIS_HEIGHT = 24;

/** Values side by side, each with its figure at the end. */
export function barPanel(options: BarPanelOptions): Part {
  const { title, rows } = options;
  const layout = layoutOf(rows, options.scale, options.noteTitle);
  const heading = panelTitle(title, MARGIN, TITLE_RIGHT);
  const key = legend(options.legend ?? [], MARGIN);
  const plotHeight = rows.reduce((sum, row) => sum + rowHeight(row), 0);
  return {
    height: heading.height + key.height + plotHeight + AXIS_HEIGHT,
    draw: (top) => {
      const plotTop = top + heading.height + key.height;
      const parts = [heading.draw(top), key.draw(top + heading.height - 4)];
      if (options.noteTitle !== undefined) parts.push(text(WIDTH - MARGIN, top + 12, 'end', 'note', options.noteTitle));
      parts.push(...axis(options.scale, layout, plotTop, plotTop + plotHeight));
      let y = plotTop + ROW_GAP / 2;
      for (const row of rows) {
        parts.push(...drawRow(row, options, layout, y));
        y += rowHeight(row);
      }
      return parts.join('\n');
    },
  };
}

function axis(scale: Scale, { left, right }: Layout, top: number, bottom: number): string[] {
  return scale.ticks.flatMap((tick) => {
    const x = left + scale.shareOf(tick) * (right - left);
    const name = tick === scale.min ? 'axis' : 'grid';
    return [stroke(name, x, top, x, bottom), text(x, bottom + 17, 'middle', 'tick', tickText(tick))];
  });
}

function drawRow(row: BarRow, { scale, shape }: BarPanelOptions, { left, right }: Layout, top: number): string[] {
  const parts: string[] = [];
  if (row.heading !== undefined) parts.push(text(MARGIN, top + 13, 'start', 'title halo', row.heading));
  const contentTop = top + (row.heading === undefined ? 0 : HEADING_HEIGHT);
  const middle = contentTop + contentHeight(row) / 2;
  const lines = linesOf(row.label);
  for (const [index, line] of lines.entries()) {
    const y = middle + (index - (lines.length - 1) / 2) * LINE_HEIGHT + 4;
    parts.push(text(left - LABEL_GAP, y, 'end', 'label', line));
  }
  if (row.note !== undefined) parts.push(text(WIDTH - MARGIN, middle + 4, 'end', 'note', row.note));
  for (const [index, bar] of row.bars.entries()) {
    const y = middle + (index - row.bars.length / 2) * BAR_HEIGHT;
    const x = left + Math.max(0, scale.shareOf(bar.value)) * (right - left);
    parts.push(shape === 'bar' ? rectangle(bar.hue, left, y + 1, x) : place(bar.hue, left, y + BAR_HEIGHT / 2, x));
    parts.push(text(x + VALUE_GAP, y + BAR_HEIGHT / 2 + 4, 'start', 'value halo', valueText(bar)));
  }
  return parts;
}

const rectangle = (hue: Hue, left: number, top: number, right: number): string =>
  `<rect class="bar ${hue}" x="${round(left)}" y="${round(top)}" width="${round(right - left)}" height="${BAR_HEIGHT - 2}" rx="2"/>`;
const place = (hue: Hue, left: number, y: number, x: number): string =>
  `${stroke('guide', left, y, x, y)}\n${dot(`bar ${hue}`, x, y, 5)}`;
