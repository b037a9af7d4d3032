export interface Line {
  label: string;
  /** A class of the style sheet, which gives the colour. */
  name: string;
  points: readonly { x: number; y: number }[];
}

export interface PanelOptions {
  title: string;
  top: number;
  height: number;
  xMin: number;
  xMax: number;
  xStep: number;
  yMax: number;
  yStep: number;
  formatY: (y: number) => string;
  /** What must not be passed. */
  limit: { y: number; label: string };
  lines: readonly Line[];
  /** Whether lines have their names at their ends. */
  isLabelled: boolean;
}

const LEFT = 64;
export const WIDTH = 860;
/** On the right there is room for the names of the lines. */
const RIGHT = WIDTH - 76;
const LABEL_HEIGHT = 15;

const text = (x: number, y: number, anchor: 'start' | 'middle' | 'end', name: string, content: string): string =>
  `<text x="${round(x)}" y="${round(y)}" text-anchor="${anchor}" class="${name}">${content}</text>`;
const stroke = (name: string, x1: number, y1: number, x2: number, y2: number): string =>
  `<path class="${name}" d="M${round(x1)} ${round(y1)}L${round(x2)} ${round(y2)}"/>`;
const round = (number: number): number => Math.round(number * 10) / 10;

/** One chart: axes with a grid, a limit, and lines. */
export function panel(options: PanelOptions): string {
  const { title, top, height, xMin, xMax, xStep, yMax, yStep, formatY, limit, lines, isLabelled } = options;
  const bottom = top + height;
  const xOf = (x: number) => LEFT + ((x - xMin) / (xMax - xMin)) * (RIGHT - LEFT);
  const yOf = (y: number) => bottom - (y / yMax) * height;
  const parts = [text(LEFT, top - 12, 'start', 'title', title)];
  for (let y = 0; y <= yMax; y += yStep) {
    parts.push(stroke(y === 0 ? 'axis' : 'grid', LEFT, yOf(y), RIGHT, yOf(y)));
    parts.push(text(LEFT - 8, yOf(y) + 4, 'end', 'tick', formatY(y)));
  }
  for (let x = Math.ceil(xMin / xStep) * xStep; x <= xMax; x += xStep) {
    parts.push(stroke('axis', xOf(x), bottom, xOf(x), bottom + 5));
    parts.push(text(xOf(x), bottom + 19, 'middle', 'tick', `${x} s`));
  }
  parts.push(stroke('loss', xOf(0), top, xOf(0), bottom));
  parts.push(stroke('limit', LEFT, yOf(limit.y), RIGHT, yOf(limit.y)));
  parts.push(text(RIGHT, yOf(limit.y) - 6, 'end', 'note', limit.label));
  for (const { name, points } of lines) {
    const path = points.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${round(xOf(x))} ${round(yOf(y))}`);
    parts.push(`<path class="line ${name}" d="${path.join('')}"/>`);
  }
  const ends = lines.map(({ label, name, points }) => ({ label, name, y: yOf(points.at(-1)?.y ?? 0) + 4 }));
  for (const { label, name, y } of isLabelled ? apart(ends) : []) {
    parts.push(text(RIGHT + 8, y, 'start', `name ${name}`, label));
  }
  return parts.join('\n');
}

/** Moves labels so far down that none covers another. */
function apart<T extends { y: number }>(labels: readonly T[]): T[] {
  let freeY = Number.NEGATIVE_INFINITY;
  return [...labels]
    .sort((one, other) => one.y - other.y)
    .map((label) => {
      const y = Math.max(label.y, freeY);
      freeY = y + LABEL_HEIGHT;
      return { ...label, y };
    });
}
