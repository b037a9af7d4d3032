import { expect, test } from 'vitest';
import { mentionsIn, mentionToken } from './mentions.ts';

const [a, b] = ['u0000000000000000', 'u000000000000000z'] as [string, string];

test('[C1] a text mentions whom its tokens name, each once', () => {
  const text = `hi ${mentionToken(b)}, ${mentionToken(a)} and ${mentionToken(b)}`;
  expect(mentionsIn(text)).toEqual({ mentionedIds: [b, a], mentionsAll: false });
  expect(mentionsIn(`${mentionToken('all')}!`)).toEqual({ mentionedIds: [], mentionsAll: true });
});

test('[C1] what only looks like a token mentions nobody', () => {
  for (const text of ['', '@all', '<@>', '<@u1>', `<@${a}`, '<@everyone>', `<@${a}x>`]) {
    expect(mentionsIn(text)).toEqual({ mentionedIds: [], mentionsAll: false });
  }
});
