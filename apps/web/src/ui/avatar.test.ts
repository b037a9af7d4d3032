import { expect, test } from 'vitest';
import { avatarHue, initials } from './avatar.ts';

test.each([
  ['王小明', '小明'],
  ['李雷', '李雷'],
  ['王', '王'],
  ['Ada Lovelace', 'AL'],
  ['Ada King Lovelace', 'AL'],
  ['ada', 'A'],
  ['  Émile  Zola ', 'ÉZ'],
  ['Anna 王', 'A王'],
  ['👩‍👩‍👧 family', '👩‍👩‍👧F'],
  ['', ''],
])('[O1] the initials of "%s" are "%s"', (name, expected) => {
  expect(initials(name)).toBe(expected);
});

test('[O1] an id keeps its colour, and ids spread over the colours', () => {
  expect(avatarHue('u0123456789abcdef')).toBe(avatarHue('u0123456789abcdef'));
  const hues = new Set(Array.from({ length: 100 }, (_, index) => avatarHue(`u${index}`)));
  expect(hues.size).toBeGreaterThan(8);
});
