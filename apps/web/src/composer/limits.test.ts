import { expect, test } from 'vitest';
import { isTooLong } from './limits.ts';

test('[P8] the composer counts a text in the bytes it will take', () => {
  expect(isTooLong('x'.repeat(65_000))).toBe(false);
  expect(isTooLong('x'.repeat(65_001))).toBe(true);
  expect(isTooLong('雁'.repeat(21_666))).toBe(false);
  expect(isTooLong('雁'.repeat(21_667))).toBe(true);
});
