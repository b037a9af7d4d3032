import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fold } from './fold.ts';
import { matches } from './matches.ts';
import { type QueryToken, queryTokens } from './query.ts';
import { runsOf } from './runs.ts';
import { searchTokens } from './tokens.ts';

/** Whether an index of a text's tokens gives the text for the query. */
function isCandidate(text: string, wanted: QueryToken[]): boolean {
  const tokens = searchTokens(text);
  const has = ({ text, isPrefix }: QueryToken) =>
    tokens.some((token) => (isPrefix ? token.startsWith(text) : token === text));
  return wanted.length > 0 && wanted.every(has);
}

/** Found by the index, and exactly. */
const isFound = (text: string, query: string) => isCandidate(text, queryTokens(query)) && matches(text, query);

const meeting = '明天下午三点在北京大学开会，记得带笔记本电脑。';
const japanese = '東京スカイツリーでﾗｰﾒﾝを食べました';
const korean = '내일 회의에서 발표할 자료를 보내 주세요';
const german = 'Die Straße nach Österreich ist über Nacht gesperrt – weiß jemand mehr?';
const mixed = '微信group群聊v2 已发布，见 https://example.com/a/b?x=1 或 mail Ada.Lovelace@example.org';
const identifiers = 'order-1234 foo_bar C:\\temp v2.3.1 +49 170 1234567 #release @ada 3.14 $100';
const markdown = '**bold** [link](https://hongyan.example/docs) `npm start` @张伟 ~~old~~';
const emoji = '生日快乐🎂🎉 👨‍👩‍👧 👍🏽 🇨🇳 1️⃣';

test.each([
  [meeting, '北京'],
  [meeting, '京大'],
  [meeting, '开'],
  [meeting, '北京大学 电脑'],
  [meeting, '笔记本电脑。'],
  [meeting, '“北京大学开会”'],
  [japanese, '東京'],
  [japanese, 'スカイツリー'],
  [japanese, 'ｽｶｲ'],
  [japanese, 'ラーメンを食べ'],
  [japanese, '食'],
  [korean, '회의'],
  [korean, '회의 자료'],
  [korean, '발표할'],
  [german, 'strasse'],
  [german, 'STRASSE nach'],
  [german, 'osterr'],
  [german, 'uber nacht'],
  [german, '"über nacht gesperrt"'],
  [german, 'WEISS'],
  ['Don’t panic: the naïve café re-opened', "don't"],
  ['Don’t panic: the naïve café re-opened', 'naive CAFE re-op'],
  ['Привет, ёлка', 'привет елк'],
  ['Ｈｅｌｌｏ　ｗｏｒｌｄ', 'hello world'],
  ['ΟΔΟΣ', 'οδος'],
  ['ısı ve IŞIK', 'isi isik'],
  [mixed, '微信'],
  [mixed, 'group'],
  [mixed, '信group群'],
  [mixed, '微信 群聊'],
  [mixed, 'v2'],
  [mixed, 'https://example.com/a/b?x=1'],
  [mixed, 'example.com'],
  [mixed, 'ada.lovelace@example.org'],
  [mixed, 'lovelace'],
  ['微信 group', '微信group'],
  ['微信group', '"微信 group"'],
  ['第３回', '3'],
  [identifiers, 'order-1234'],
  [identifiers, '1234'],
  [identifiers, 'foo_bar'],
  [identifiers, 'bar'],
  [identifiers, 'v2.3'],
  [identifiers, '+49 170 123'],
  [identifiers, '#release @ada'],
  [markdown, 'bold'],
  [markdown, '张伟'],
  [markdown, '@张'],
  [markdown, 'npm start'],
  [emoji, '🎂'],
  [emoji, '🎂🎉'],
  [emoji, '快乐🎂'],
  [emoji, '👧'],
  [emoji, '👨‍👩‍👧'],
  [emoji, '👍'],
  [emoji, '👍🏿'],
  [emoji, '🇨🇳'],
  [emoji, '1'],
  ['สวัสดีครับ', 'ครับ'],
  ['Foo™ bar²', 'foo bar2'],
])('[C8] in %j, %j is found', (text, query) => {
  expect(isFound(text, query)).toBe(true);
});

test.each([
  [meeting, '上海'],
  [meeting, '北大'],
  [meeting, '"学开会" 上'],
  ['京北', '北京'],
  ['北。京', '北京'],
  ['上海北 京都', '北京'],
  ['がく', 'かく'],
  ['мои', 'мой'],
  ['concatenate', 'cat'],
  ['shopping list', 'shop list'],
  ['shopping', '"shop"'],
  ['회의에서', '"회의"'],
  ['1234 order', 'order-1234'],
  ['york new', '"new york"'],
  ['new and york', '"new york"'],
  ['anything', ''],
  ['anything', ' "" !!! '],
  ['', 'a'],
])('[C8] in %j, %j is not found', (text, query) => {
  expect(matches(text, query)).toBe(false);
});

test('[C8] the tokens of a mixed text are its words, and its characters one by one and in pairs', () => {
  expect(searchTokens('微信Group群聊v2')).toEqual(['微', '信', '微信', 'group', '群', '聊', '群聊', 'v2']);
  expect(searchTokens('iPhone이 3월')).toEqual(['iphone', '이', '3', '월']);
  expect(searchTokens('a A ａ á')).toEqual(['a']);
  expect(searchTokens(' \n*_!')).toEqual([]);
});

test('[C8] an index is asked for pairs, for characters that stand alone, and for how the last word begins', () => {
  expect(queryTokens('群聊记录 的 shop lis')).toEqual([
    { text: '群聊', isPrefix: false },
    { text: '聊记', isPrefix: false },
    { text: '记录', isPrefix: false },
    { text: '的', isPrefix: false },
    { text: 'shop', isPrefix: false },
    { text: 'lis', isPrefix: true },
  ]);
  expect(queryTokens('"a b" 회의 "c"')).toEqual([
    { text: 'a', isPrefix: false },
    { text: 'b', isPrefix: false },
    { text: '회의', isPrefix: true },
    { text: 'c', isPrefix: false },
  ]);
  expect(queryTokens('??')).toEqual([]);
});

test('[C8, P8] a very long word is indexed by its beginning, and a query has a bound', () => {
  const key = 'a1'.repeat(5_000);
  expect(searchTokens(key)).toEqual([key.slice(0, 64)]);
  expect(isFound(`see ${key} there`, key)).toBe(true);
  expect(isFound(key, `${key}x`)).toBe(false);
  expect(queryTokens('a b '.repeat(10_000)).length).toBeLessThan(4);
  expect(queryTokens('你我他'.repeat(10_000)).length).toBeLessThan(64);
});

const character = fc
  .oneof(
    fc.integer({ min: 0x4e00, max: 0x9fff }),
    fc.integer({ min: 0x20000, max: 0x2a6df }),
    fc.integer({ min: 0x3041, max: 0x3096 }),
    fc.integer({ min: 0x30a1, max: 0x30fa }),
  )
  .map((codePoint) => String.fromCodePoint(codePoint));
const letters = (from: number, to: number) =>
  fc.integer({ min: from, max: to }).map((code) => String.fromCodePoint(code));
const wordOf = (letter: fc.Arbitrary<string>) =>
  fc.array(letter, { minLength: 1, maxLength: 9 }).map((each) => each.join(''));
const word = fc.oneof(
  wordOf(letters(0x61, 0x7a)),
  wordOf(letters(0x30, 0x39)),
  wordOf(letters(0xc0, 0x17f).filter((letter) => /\p{L}/u.test(letter))),
  wordOf(letters(0x410, 0x44f)),
  wordOf(letters(0xac00, 0xd7a3)),
);
const run = fc.array(character, { minLength: 1, maxLength: 12 });
const separator = fc.constantFrom(' ', ', ', '\n', '。', ' – ', '_', '-', '@', '** ');
const part = fc.oneof(
  run.map((characters) => characters.join('')),
  word,
  fc.constantFrom('🎉', '👨‍👩‍👧', 'ﾗｰﾒﾝ', '㈱'),
);
const text = fc.array(fc.tuple(part, separator), { maxLength: 12 }).map((parts) => parts.flat().join(''));

describe('whatever the text', () => {
  test('[C8] any of its characters that stand together are found', () => {
    const cut = fc.tuple(run, fc.nat(), fc.nat()).map(([characters, from, length]) => {
      const start = from % characters.length;
      return { whole: characters.join(''), piece: characters.slice(start, start + 1 + (length % 6)).join('') };
    });
    fc.assert(
      fc.property(
        text,
        separator,
        cut,
        fc.oneof(separator, fc.constant('word')),
        text,
        (before, left, { whole, piece }, right, after) => {
          expect(isFound(before + left + whole + right + after, piece)).toBe(true);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  test('[C8] any of its words is found, by its beginning, in capitals, and with another one', () => {
    fc.assert(
      fc.property(
        text,
        separator,
        word,
        separator,
        word,
        separator,
        fc.nat(),
        (around, s1, first, s2, second, s3, length) => {
          const whole = around + s1 + first + s2 + second + s3 + around;
          const beginning = second.slice(0, 1 + (length % second.length));
          for (const query of [
            first,
            beginning,
            second.toUpperCase(),
            `${first} ${beginning}`,
            `"${first} ${second}"`,
          ]) {
            expect([query, isFound(whole, query)]).toEqual([query, true]);
          }
        },
      ),
      { numRuns: 1_000 },
    );
  });

  test('[C8] an index misses nothing that matches, and what is found stays found when it is folded', () => {
    const anything = fc.oneof(text, fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }));
    const pieceOf = (whole: string, from: number, length: number) =>
      whole.slice(from % (whole.length + 1)).slice(0, length);
    const query = fc.tuple(anything, fc.nat(), fc.nat(20), fc.constantFrom('', '"'), anything, fc.nat(3));
    fc.assert(
      fc.property(anything, query, (whole, [other, from, length, quote, more, count]) => {
        for (const source of [whole, whole + other]) {
          const asked = `${quote}${pieceOf(source, from, length)}${quote} ${pieceOf(more, from, count)}`;
          if (!matches(whole, asked)) continue;
          expect(isCandidate(whole, queryTokens(asked))).toBe(true);
          expect(matches(fold(whole), asked)).toBe(true);
        }
      }),
      { numRuns: 3_000 },
    );
  });

  test('[C8] folding it again changes nothing', () => {
    fc.assert(
      fc.property(fc.oneof(text, fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' })), (whole) => {
        expect(fold(fold(whole))).toBe(fold(whole));
      }),
      { numRuns: 3_000 },
    );
  });
});

test('[SRC-6, P8] characters that fold into many make no text of a message longer than is looked through', () => {
  const text = '\ufdfa'.repeat(10_000);
  expect(runsOf(text).reduce((sum, run) => sum + run.text.length, 0)).toBeLessThanOrEqual(20_000);
  expect(isFound(text, '\ufdfa')).toBe(true);
});
