import { describe, expect, test } from 'vitest';
import { type BarRow, barPanel, card, linearScale, linePanel, logScale, nthHue, scaleFromZero } from './index.ts';
import { balanced, wrapped } from './text-width.ts';

const cardOf = (part: ReturnType<typeof barPanel>) => card({ title: 'A & B', description: 'x < y', parts: [part] });
const allNumbersOf = (svg: string, attribute: string) =>
  [...svg.matchAll(new RegExp(` ${attribute}="([^"]+)"`, 'g'))].map(([, number]) => Number(number));

describe('scales', () => {
  test('[M7] begin and end where they are told, with ticks that people count in', () => {
    expect(scaleFromZero(40_100)).toMatchObject({ min: 0, max: 50_000 });
    expect(scaleFromZero(0).ticks).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1].map((tick) => expect.closeTo(tick)));
    expect(linearScale(-4, 27, 10).ticks).toEqual([0, 5, 10, 15, 20, 25]);
    expect(linearScale(3, 3).shareOf(3)).toBe(0);
  });

  test('[M7] a logarithmic one has the powers of ten, and a place for what is below them', () => {
    const scale = logScale(135, 29_928);
    expect(scale.ticks).toEqual([100, 1_000, 10_000]);
    expect(scale.shareOf(29_928)).toBeCloseTo(1);
    expect(scale.shareOf(0)).toBe(0);
  });
});

describe('bars', () => {
  const rows: BarRow[] = [
    { label: 'one', bars: [{ value: 12_345, hue: 'blue', sign: '*' }], note: '41 / 80 ms' },
    { label: 'a name so long that it does not fit into a line of its own <here>', bars: [{ value: 0, hue: 'blue' }] },
  ];

  test('[M7] have their names, their figures and notes, and stay on the card', () => {
    const svg = cardOf(barPanel({ title: 'messages/s', scale: scaleFromZero(12_345), rows, shape: 'bar' }));
    expect(svg).toContain('>12,345*<');
    expect(svg).toContain('>41 / 80 ms<');
    expect(svg).toContain('A &amp; B');
    expect(svg).toContain('&lt;here&gt;');
    expect(svg.match(/<rect class="bar /g)).toHaveLength(2);
    expect(svg).not.toMatch(/NaN|Infinity|undefined/);
    expect(Math.max(...allNumbersOf(svg, 'x'))).toBeLessThan(860);
  });

  test('[M7] as dots have a place, and no length that means nothing', () => {
    const svg = cardOf(barPanel({ title: 'bytes', scale: logScale(100, 12_345), rows, shape: 'dot' }));
    expect(svg.match(/<circle class="bar /g)).toHaveLength(2);
    expect(svg).not.toContain('<rect class="bar');
  });
});

describe('lines', () => {
  const line = (label: string, n: number, y: number) => ({ label, hue: nthHue(n), points: [{ x: 0, y }] });
  const options = { title: 'ms', xTitle: 'seconds', plotHeight: 100, x: linearScale(0, 10), y: scaleFromZero(10) };

  test('[M7] that end at the same height have their names below each other, above the axis', () => {
    const lines = ['one', 'two', 'three'].map((label, index) => line(label, index, 0));
    const svg = cardOf(linePanel({ ...options, lines, names: 'ends' }));
    const ys = [...svg.matchAll(/ y="([\d.]+)" [^>]*class="name/g)].map(([, y]) => Number(y));
    expect(ys).toHaveLength(3);
    expect(ys.map((y, index) => y - (ys[index - 1] ?? y - 15))).toEqual([15, 15, 15]);
  });

  test('[M7] marks that are close together have their names in lanes of their own', () => {
    const marks = [1, 1.1, 1.2, 9.9].map((x) => ({ x, label: `event at ${x}` }));
    const svg = cardOf(linePanel({ ...options, lines: [line('one', 0, 3)], names: 'legend', marks }));
    const ys = marks.map(({ label }) => Number(new RegExp(` y="([\\d.]+)"[^>]*>${label}<`).exec(svg)?.[1]));
    expect(new Set(ys.slice(0, 3)).size).toBe(3);
    expect(svg).toMatch(/text-anchor="end"[^>]*>event at 9.9</);
  });
});

test('[M7] a text is broken between words only', () => {
  expect(wrapped('some words and one-that-is-far-too-long here', 90, 12)).toEqual([
    'some words',
    'and',
    'one-that-is-far-too-long',
    'here',
  ]);
});

test('[M7] a text in balanced lines has no word left alone', () => {
  expect(wrapped('one two three four', 110, 12)).toEqual(['one two three', 'four']);
  expect(balanced('one two three four', 110, 12)).toEqual(['one two', 'three four']);
});
