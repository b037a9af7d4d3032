import { expect, test } from 'vitest';
import { plainLine, renderMarkdown } from './markdown.ts';

test('[O1] links open apart and tell nobody where they were clicked', () => {
  expect(renderMarkdown('see https://example.com/a?b=1')).toBe(
    '<p>see <a href="https://example.com/a?b=1" target="_blank" rel="noopener noreferrer nofollow">https://example.com/a?b=1</a></p>\n',
  );
});

test('[O1] lines, emphasis and code are kept', () => {
  expect(renderMarkdown('a\n**b** `c`')).toBe('<p>a<br>\n<strong>b</strong> <code>c</code></p>\n');
});

test.each([
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '[a](javascript:alert(1))',
  '[a](data:text/html,x)',
  '![spy](https://example.com/pixel.png)',
])('[P9] %s becomes no element that acts', (text) => {
  expect(renderMarkdown(text)).not.toMatch(/<(?:script|img)|href="(?:javascript|data):/u);
});

test.each(['# tag', 'main.rs', '1. one'])('[O1] %s keeps what was written', (text) => {
  expect(renderMarkdown(text)).not.toMatch(/<h1|<a /u);
});

test.each([
  ['**bold** and `code`', 'bold and code'],
  ['```js\nlet a = 1;\n```', 'let a = 1;'],
  ['> quoted\n\nanswer', 'quoted answer'],
  ['- one\n- two', 'one two'],
  ['snake_case * 2', 'snake_case * 2'],
])('[O1] %j is previewed as "%s"', (text, expected) => {
  expect(plainLine(text)).toBe(expected);
});
