import { MARGIN, type Part, WIDTH } from './card.ts';
import { endNames } from './end-names.ts';
import { type EventMark, eventMarks } from './event-marks.ts';
import { legend, type Named } from './legend.ts';
import { panelTitle } from './panel-title.ts';
import type { Scale } from './scale.ts';
import { dot, round, stroke, text, tickText } from './shapes.ts';
import { SIZE } from './style.ts';
import { widthOf } from './text-width.ts';

export interface Line extends Named {
  points: readonly { x: number; y: number }[];
}

export interface LinePanelOptions {
  /** What is upwards, and in what unit. */
  title: string;
  xTitle: string;
  plotHeight: number;
  x: Scale;
  y: Scale;
  lines: readonly Line[];
  /** Where the names of the lines stand; `elsewhere` leaves room for them, so that panels below each other agree. */
  names: 'legend' | 'ends' | 'elsewhere' | 'nowhere';
  /** In the units of the axis. */
  marks?: readonly EventMark[];
  /** What must not be passed. */
  limit?: { y: number; label: string };
}

const LEFT_MIN = 68;
const TICK_GAP = 8;
const LIMIT_HEIGHT = 10;
const AXIS_HEIGHT = 42;
const END_ROOM_MIN = 84;

function rightOf({ lines, names }: LinePanelOptions): number {
  if (names === 'legend' || names === 'nowhere') return WIDTH - MARGIN - 8;
  const widest = Math.max(0, ...lines.map(({ label }) => widthOf(label, SIZE.text)));
  return WIDTH - Math.max(END_ROOM_MIN, 8 + widest + MARGIN);
}

/** Panels below each other agree, unless one has figures in the millions. */
function leftOf({ y }: LinePanelOptions): number {
  const widest = Math.max(...y.ticks.map((tick) => widthOf(tickText(tick), SIZE.small)));
  return Math.max(LEFT_MIN, MARGIN + widest + TICK_GAP);
}

/** Lines over time, with axes and a grid. */
export function linePanel(options: LinePanelOptions): Part {
  const { plotHeight, x, lines, names, marks = [], limit } = options;
  const [left, right] = [leftOf(options), rightOf(options)];
  const xOf = (value: number) => left + x.shareOf(value) * (right - left);
  const heading = panelTitle(options.title, left, WIDTH - MARGIN);
  const key = legend(names === 'legend' ? lines : [], left);
  const events = eventMarks(
    marks.map(({ x, label }) => ({ x: xOf(x), label })),
    right,
    plotHeight,
  );
  const above = heading.height + key.height + events.height + (limit === undefined ? 0 : LIMIT_HEIGHT);
  return {
    height: above + plotHeight + AXIS_HEIGHT,
    draw: (top) => {
      const plotTop = top + above;
      return [
        heading.draw(top),
        key.draw(top + heading.height - 4),
        ...plot(options, { top: plotTop, bottom: plotTop + plotHeight, left, right, xOf }),
        events.draw(plotTop - events.height),
      ].join('\n');
    },
  };
}

interface Place {
  top: number;
  bottom: number;
  left: number;
  right: number;
  xOf: (value: number) => number;
}

function plot(
  { xTitle, x, y, lines, names, limit }: LinePanelOptions,
  { top, bottom, left, right, xOf }: Place,
): string[] {
  const yOf = (value: number) => bottom - y.shareOf(value) * (bottom - top);
  const parts: string[] = [];
  for (const tick of y.ticks) {
    parts.push(stroke(tick === 0 ? 'axis' : 'grid', left, yOf(tick), right, yOf(tick)));
    parts.push(text(left - TICK_GAP, yOf(tick) + 4, 'end', 'tick', tickText(tick)));
  }
  for (const tick of x.ticks) {
    parts.push(stroke('axis', xOf(tick), bottom, xOf(tick), bottom + 5));
    parts.push(text(xOf(tick), bottom + 18, 'middle', 'tick', tickText(tick)));
  }
  parts.push(text((left + right) / 2, bottom + 36, 'middle', 'tick', xTitle));
  if (limit !== undefined) {
    parts.push(stroke('limit', left, yOf(limit.y), right, yOf(limit.y)));
    parts.push(text(right, yOf(limit.y) - 6, 'end', 'note halo', limit.label));
  }
  for (const { hue, points } of lines) {
    const steps = points.map(
      (point, index) => `${index === 0 ? 'M' : 'L'}${round(xOf(point.x))} ${round(yOf(point.y))}`,
    );
    parts.push(`<path class="line ${hue}" d="${steps.join('')}"/>`);
  }
  const ends = lines.flatMap(({ label, hue, points }) => {
    const last = points.at(-1);
    return last === undefined ? [] : [{ label, hue, x: xOf(last.x), y: yOf(last.y) }];
  });
  if (names === 'legend') parts.push(...ends.map(({ hue, x, y }) => dot(hue, x, y, 4)));
  if (names === 'ends') parts.push(endNames(ends, right + 8, bottom));
  return parts;
}
