import fc from 'fast-check';
import { expect, test } from 'vitest';
import { linkPreviewOf } from './link-preview.ts';
import { plainLine } from './plain-line.ts';

const page = new URL('https://www.example.com/a/b');
const previewOf = (meta: Record<string, string>, title = '') =>
  linkPreviewOf({ title, meta: new Map(Object.entries(meta)), charset: undefined }, page);

test('[C1] Open Graph goes before Twitter, and that before plain HTML', () => {
  const all = {
    'og:title': 'O',
    'twitter:title': 'T',
    'og:description': 'OD',
    'twitter:description': 'TD',
    description: 'D',
    'og:site_name': 'Site',
    'og:image': '/i.png',
  };
  expect(previewOf(all, 'H')).toEqual({
    url: page.href,
    title: 'O',
    description: 'OD',
    siteName: 'Site',
    imageUrl: 'https://www.example.com/i.png',
  });
  expect(previewOf({ 'twitter:title': 'T', description: 'D' }, 'H')).toMatchObject({ title: 'T', description: 'D' });
  expect(previewOf({ 'og:title': ' \u200b ' }, 'H')).toEqual({
    url: page.href,
    title: 'H',
    description: '',
    siteName: 'www.example.com',
    imageUrl: undefined,
  });
});

test('[C1] a page without a title has no preview', () => {
  expect(previewOf({ 'og:description': 'D' }, ' \n\u202e ')).toBeUndefined();
});

test.each([
  ['javascript:alert(1)'],
  ['data:image/png;base64,AAAA'],
  ['http://192.168.0.1/'],
  ['http://localhost/x.png'],
  ['https://user:pass@example.com/x.png'],
  ['http://example.com:8080/'],
  ['//[::1]/'],
  ['file:///x'],
  [' '],
  ['http://'],
])('[C1, P9] %j is the address of no picture', (address) => {
  expect(previewOf({ 'og:title': 'T', 'og:image': address })?.imageUrl).toBeUndefined();
});

test('[C1, P9] foreign text is one line that turns, hides and breaks nothing', () => {
  expect(plainLine('  a\u0000\n\t b\u2028c\u202egnp.exe\u2069 ', 99)).toBe('a b cgnp.exe');
  expect(plainLine('\ud800x\u200b\u{e0041}\ufeff', 99)).toBe('x');
  expect(plainLine('👨‍👩‍👧 می‌خواهم', 99)).toBe('👨‍👩‍👧 می‌خواهم');
});

test('[C1, P9] whatever the text, the line is within its length, trimmed, and the same when made again', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.integer({ min: 2, max: 40 }),
      (text, charactersMax) => {
        const line = plainLine(text, charactersMax);
        expect([...line].length).toBeLessThanOrEqual(charactersMax);
        expect(line).not.toMatch(/[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]|^\s|\s$|\s\s/u);
        expect(plainLine(line, charactersMax)).toBe(line);
      },
    ),
  );
  expect(plainLine('猫'.repeat(300), 200)).toBe(`${'猫'.repeat(199)}…`);
});
