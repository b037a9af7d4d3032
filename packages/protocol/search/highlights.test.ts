import fc from 'fast-check';
import { expect, test } from 'vitest';
import { highlightsOf } from './highlights.ts';

const marked = (text: string, query: string) => {
  const parts: string[] = [];
  let at = 0;
  for (const { start, end } of highlightsOf(text, query)) {
    parts.push(text.slice(at, start), `[${text.slice(start, end)}]`);
    at = end;
  }
  return parts.join('') + text.slice(at);
};

test.each([
  ['明天在北京大学开会', '北京', '明天在[北京]大学开会'],
  ['明天在北京大学开会', '京大 会', '明天在北[京大]学开[会]'],
  ['Shopping at ten', 'shop', '[Shop]ping at ten'],
  ['Shopping at ten, shop', 'ten "shop"', 'Shopping at [ten], [shop]'],
  ['naïve cafe\u0301 CAFÉ', 'café', 'naïve [cafe\u0301] [CAFÉ]'],
  ['買ったﾊﾞﾅﾅを食べる', 'バナナ', '買った[ﾊﾞﾅﾅ]を食べる'],
  ['微信 group群', '微信group', '[微信 group]群'],
  ['order-1234 order', 'order-1234', '[order-1234] order'],
  ['생일 축하해요', '축하', '생일 [축하]해요'],
  ['Die Straße', 'strasse', 'Die [Straße]'],
  ['👍🏽 gut 👍', '👍', '[👍]🏽 gut [👍]'],
  ['aa', 'a', '[a]a'],
  ['nothing here', 'nothing else', 'nothing here'],
  ['nothing here', '', 'nothing here'],
])('[C8] in %j, %j is shown as %j', (text, query, wanted) => {
  expect(marked(text, query)).toBe(wanted);
});

test('[C8] whatever the text, what is shown of it ascends and is inside of it', () => {
  const any = fc.string({ unit: 'binary', maxLength: 40 });
  fc.assert(
    fc.property(any, fc.oneof(any, fc.constant('')), fc.nat(40), (text, other, from) => {
      let last = -1;
      for (const { start, end } of highlightsOf(text, text.slice(from, from + 4) || other)) {
        expect(start).toBeGreaterThan(last);
        expect(end).toBeGreaterThan(start);
        expect(end).toBeLessThanOrEqual(text.length);
        last = end;
      }
    }),
    { numRuns: 300 },
  );
});
