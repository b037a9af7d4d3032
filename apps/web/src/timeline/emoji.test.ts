import { expect, test } from 'vitest';
import { isLargeEmoji } from './emoji.ts';

test.each(['🎉', '👍🏽', '👩‍👩‍👧', '🇨🇳 🎉', '❤️', '❤', '1️⃣'])('[O1] %s is shown large', (text) => {
  expect(isLargeEmoji(text)).toBe(true);
});

test.each(['', '   ', 'a', '1', '#', 'ok 👍', '🎉🎉🎉🎉', '好👍', '(c)'])('[O1] "%s" is shown as text', (text) => {
  expect(isLargeEmoji(text)).toBe(false);
});
