import { expect, test } from 'vitest';
import { decodePage } from './decode.ts';

const nothing = { header: undefined, page: undefined };
const bytes = (hex: string) => Buffer.from(hex.replaceAll(' ', ''), 'hex');

test.each([
  ['gb18030', 'd6d0 cec4 8139ef30', '中文㐁'],
  ['GB2312', 'd6d0 cec4', '中文'],
  ['Shift_JIS', '93fa 967b b6c5', '日本ｶﾅ'],
  ['EUC-JP', 'c6fc cbdc', '日本'],
  ['ISO-2022-JP', '1b2442 467c 4b5c 1b2842', '日本'],
  ['Big5', 'a4a4 a4e5', '中文'],
  ['EUC-KR', 'c7d1 b1b9', '한국'],
  ['windows-1251', 'cff0e8e2e5f2', 'Привет'],
  ['ISO-8859-1', 'e9', 'é'],
  ['utf-8', 'e4b8ad e69687', '中文'],
])('[C1] %s is read, whether the header says so or the page', (label, hex, text) => {
  expect(decodePage(bytes(hex), { header: label, page: undefined })).toBe(text);
  expect(decodePage(bytes(hex), { header: undefined, page: label })).toBe(text);
});

test('[C1] a byte order mark goes before the header, and the header before the page', () => {
  expect(decodePage(bytes('efbbbf e4b8ad'), { header: 'gbk', page: 'big5' })).toBe('中');
  expect(decodePage(bytes('fffe 2d4e'), nothing)).toBe('中');
  expect(decodePage(bytes('feff 4e2d'), { header: 'utf-8', page: undefined })).toBe('中');
  expect(decodePage(bytes('d6d0'), { header: 'gbk', page: 'utf-8' })).toBe('中');
});

test('[C1] without a word about it, it is UTF-8 if it can be, also when it ends inside a character', () => {
  expect(decodePage(bytes('e4b8ad e696'), nothing)).toBe('中');
  expect(decodePage(bytes('63 61 66 e9 21'), nothing)).toBe('café!');
});

test('[C1, P9] an encoding that does not exist, or cannot be, is passed over', () => {
  expect(decodePage(bytes('e4b8ad'), { header: 'klingon', page: undefined })).toBe('中');
  expect(decodePage(bytes('e4b8ad'), { header: undefined, page: 'utf-16' })).toBe('中');
  expect(decodePage(bytes('e4b8ad'), { header: 'replacement', page: undefined })).toBe('中');
});
