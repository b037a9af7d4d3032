import { expect, test } from 'vitest';
import { excerptOf } from './excerpt.ts';

const shown = (line: string, query: string) =>
  excerptOf(line, query)
    .map(({ text, marked }) => (marked ? `[${text}]` : text))
    .join('');

test('[C8] what was looked for is marked', () => {
  expect(shown('周五去北京开会', '北京')).toBe('周五去[北京]开会');
  expect(shown('Meeting at ten', 'meet')).toBe('[Meet]ing at ten');
  expect(shown('Meeting at ten', '')).toBe('Meeting at ten');
});

test('[C8] of a long text there is the part in which it stands', () => {
  const line = `${'before '.repeat(40)}goose ${'after '.repeat(40)}`;
  expect(shown(line, 'goose')).toMatch(/^…\S* ?(before )+\[goose\] (after ?)+\w*…$/);
  expect(shown(line, 'goose').length).toBeLessThan(170);
});
