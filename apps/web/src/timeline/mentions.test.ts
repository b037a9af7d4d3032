import { expect, test } from 'vitest';
import { renderMarkdown } from './markdown.ts';
import { mentionAt, namedMentions } from './mentions.ts';

const id = 'u0000000000000000';

test('[C1] a token is rendered as a mention, and what only looks like one is text', () => {
  expect(renderMarkdown(`hi <@${id}>!`)).toBe(`<p>hi <span data-mention="${id}"></span>!</p>\n`);
  expect(renderMarkdown('<@nobody> <@all')).toBe('<p>&lt;@nobody&gt; &lt;@all</p>\n');
  expect(renderMarkdown(`<span data-mention="${id}"></span>`)).not.toContain('<span');
});

test('[C1] a text in one line has names for tokens', () => {
  expect(namedMentions(`<@${id}> and <@all>`, (who) => (who === 'all' ? 'all' : 'Anna'))).toBe('@Anna and @all');
  expect(mentionAt(`<@${id}> x`)).toEqual({ id, length: 20 });
  expect(mentionAt(` <@${id}>`)).toBeUndefined();
});
