/** In SVG a tenth of a pixel is as good as anything finer. */
export const round = (number: number): number => Math.round(number * 10) / 10;

export const escaped = (content: string): string =>
  content.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

export type Anchor = 'start' | 'middle' | 'end';

export const text = (x: number, y: number, anchor: Anchor, name: string, content: string): string =>
  `<text x="${round(x)}" y="${round(y)}" text-anchor="${anchor}" class="${name}">${escaped(content)}</text>`;

export const stroke = (name: string, x1: number, y1: number, x2: number, y2: number): string =>
  `<path class="${name}" d="M${round(x1)} ${round(y1)}L${round(x2)} ${round(y2)}"/>`;

export const dot = (name: string, x: number, y: number, radius: number): string =>
  `<circle class="${name}" cx="${round(x)}" cy="${round(y)}" r="${radius}"/>`;

/** A number at an axis: thousands apart, with the fractions that its step has. */
export const tickText = (value: number): string => value.toLocaleString('en-US', { maximumFractionDigits: 3 });

/** As people read it: thousands apart, no more digits than say something. */
export const figure = (value: number): string =>
  value.toLocaleString('en-US', { maximumFractionDigits: Math.abs(value) < 10 ? 2 : 0 });
