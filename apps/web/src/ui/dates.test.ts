import { expect, test } from 'vitest';
import { dayLabel, dayOf, fullLabel, listLabel, momentLabel, timeLabel } from './dates.ts';

const now = new Date(2026, 10, 21, 14, 5).getTime();
const at = (year: number, month: number, day: number, hour = 9) => new Date(year, month - 1, day, hour, 30).getTime();
const en = { today: 'Today', yesterday: 'Yesterday' };
const zh = { today: '今天', yesterday: '昨天' };

test.each([
  [at(2026, 11, 21), 'Today', '今天'],
  [at(2026, 11, 20, 23), 'Yesterday', '昨天'],
  [at(2026, 11, 18), 'Wednesday', '星期三'],
  [at(2026, 11, 14), 'November 14', '11月14日'],
  [at(2025, 11, 21), 'November 21, 2025', '2025年11月21日'],
  [at(2026, 11, 22), 'November 22', '11月22日'],
])('[O1] the heading of day %i is "%s" and "%s"', (time, english, chinese) => {
  expect(dayLabel(time, now, 'en', en)).toBe(english);
  expect(dayLabel(time, now, 'zh', zh)).toBe(chinese);
});

test.each([
  [at(2026, 11, 21), '09:30', '09:30'],
  [at(2026, 11, 20), 'Yesterday', '昨天'],
  [at(2026, 11, 18), 'Wed', '周三'],
  [at(2026, 3, 4), '3/4', '3/4'],
  [at(2025, 3, 4), '3/4/25', '25/3/4'],
])('[O1] the list shows time %i as "%s" and "%s"', (time, english, chinese) => {
  expect(listLabel(time, now, 'en', en)).toBe(english);
  expect(listLabel(time, now, 'zh', zh)).toBe(chinese);
});

test('[O1] midnight belongs to the day it starts', () => {
  const midnight = new Date(2026, 10, 21).getTime();
  expect(dayOf(midnight)).toBe(midnight);
  expect(dayOf(midnight - 1)).toBe(new Date(2026, 10, 20).getTime());
  expect(timeLabel(midnight, 'en')).toBe('00:00');
});

test('[C4, P9] a time that no calendar has, as a forged bundle may say, shows as none', () => {
  for (const timeMs of [Number.MAX_SAFE_INTEGER, -Number.MAX_SAFE_INTEGER, Number.NaN]) {
    expect([timeLabel(timeMs, 'en'), momentLabel(timeMs, 'zh'), fullLabel(timeMs, 'en')]).toEqual(['', '', '']);
  }
});
