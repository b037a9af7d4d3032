import { expect, test } from 'vitest';
import { en } from './en.ts';
import { localeOf, textsFor } from './index.ts';
import { zh } from './zh.ts';

test.each(['zh', 'zh_CN.UTF-8', 'zh-TW', 'ZH_cn'])('[O3] %s speaks Chinese', (locale) => {
  expect(textsFor(locale)).toBe(zh);
});

test.each(['C', 'en_GB.UTF-8', 'de_DE', '', 'zhu'])('[O3] %s speaks English', (locale) => {
  expect(textsFor(locale)).toBe(en);
});

test('[O3] LC_ALL goes before LANG, and an empty one does not count', () => {
  expect(localeOf({ LC_ALL: 'zh_CN', LANG: 'en_GB' })).toBe('zh_CN');
  expect(localeOf({ LC_ALL: '', LANG: 'en_GB' })).toBe('en_GB');
  expect(localeOf({})).toBe('C');
});
