import { expect, test } from 'vitest';
import { firstLink } from './firstLink.ts';

test('[C1] the first link of a text, without the sentence around it', () => {
  expect(firstLink('see https://example.org/a?b=1, then go')).toBe('https://example.org/a?b=1');
  expect(firstLink('看这个：https://example.org/文档。谢谢')).toBe('https://example.org/文档');
  expect(firstLink('(https://example.org).')).toBe('https://example.org');
  expect(firstLink('no link here, only http://')).toBeUndefined();
});
