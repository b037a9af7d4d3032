import { expect, test } from 'vitest';
import { checkLine, checkLines, isLine, isVisible } from './texts.ts';

test.each(['Geese', '大雁 🪿', 'שלום', 'a\u200db'])('[GRP-6] %j is a line', (text) => {
  expect(isLine(text)).toBe(true);
});

test.each(['a\0b', 'a\nb', 'a\u2028b', '\u202eeseeG', '\u2066x', '\ud800'])('[GRP-6, P9] %j is none', (text) => {
  expect(isLine(text)).toBe(false);
});

test('[GRP-6, P9] blanks and what joins letters are nothing to see', () => {
  expect(['', ' ', '\u200b', '\u3000\u200d'].filter(isVisible)).toEqual([]);
});

test('[GRP-6] characters are counted as Unicode does', () => {
  expect(() => checkLine('name', '🪿'.repeat(64), 64)).not.toThrow();
  expect(() => checkLine('name', '🪿'.repeat(65), 64)).toThrow('more than 64');
});

test('[GRP-6, P9] several lines have line feeds and tabs, and no other control', () => {
  expect(() => checkLines('announcement', 'one\n\ttwo\r\n', 64)).not.toThrow();
  expect(() => checkLines('announcement', 'a\0b', 64)).toThrow('control');
  expect(() => checkLines('announcement', 'a\u009bb', 64)).toThrow('control');
});
