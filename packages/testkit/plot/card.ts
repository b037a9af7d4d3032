import { escaped } from './shapes.ts';
import { SIZE, STYLE } from './style.ts';
import { wrapped } from './text-width.ts';

export const WIDTH = 860;
export const MARGIN = 20;
const HEAD_HEIGHT = 24;
const LINE_HEIGHT = 17;
const GAP = 18;

/** Something that stands on a card, below what comes before it. */
export interface Part {
  height: number;
  draw(top: number): string;
}

export interface CardOptions {
  title: string;
  /** How it came to be, and what to see. */
  description: string;
  parts: readonly Part[];
}

/** An SVG file. */
export function card({ title, description, parts }: CardOptions): string {
  const room = WIDTH - 2 * MARGIN;
  const heads = wrapped(title, room, SIZE.head);
  const subs = wrapped(description, room, SIZE.small);
  const subTop = MARGIN + heads.length * HEAD_HEIGHT;
  let top = subTop + subs.length * LINE_HEIGHT + GAP;
  const drawn = parts.map((part) => {
    const svg = part.draw(top);
    top += part.height + GAP;
    return svg;
  });
  const height = Math.ceil(top);
  const heading = (name: string, y: number, line: string) =>
    `<text class="${name}" x="${MARGIN}" y="${y}">${escaped(line)}</text>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img">
<title>${escaped(title)}</title>
<style>${STYLE}
</style>
<rect class="ground" x="0.5" y="0.5" width="${WIDTH - 1}" height="${height - 1}" rx="8"/>
${heads.map((line, index) => heading('head', MARGIN + 14 + index * HEAD_HEIGHT, line)).join('\n')}
${subs.map((line, index) => heading('sub', subTop + 12 + index * LINE_HEIGHT, line)).join('\n')}
${drawn.join('\n')}
</svg>
`;
}
