import { describe, expect, test } from 'vitest';
import { isQuiet, quietHoursIn, quietHoursSetting } from './quietHours.ts';

const at = (hours: number, minutes = 0) => new Date(2026, 10, 22, hours, minutes);

describe('[I2] quiet hours', () => {
  test('[I2] last over midnight', () => {
    const night = quietHoursIn('22:00-07:30');
    expect([21, 22, 23, 0, 7].map((hour) => isQuiet(night, at(hour)))).toEqual([false, true, true, true, true]);
    expect(isQuiet(night, at(7, 30))).toBe(false);
  });

  test('[I2] or within a day', () => {
    const lunch = quietHoursIn('12:00-13:00');
    expect([11, 12, 13].map((hour) => isQuiet(lunch, at(hour)))).toEqual([false, true, false]);
  });

  test('[I2] are written as they are read; what cannot be read is none', () => {
    expect(quietHoursSetting({ fromMinute: 1_320, untilMinute: 450 })).toBe('22:00-07:30');
    for (const text of [undefined, '', '22:00', '25:00-07:00', 'night']) expect(quietHoursIn(text)).toBeUndefined();
  });
});
