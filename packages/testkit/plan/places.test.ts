import { describe, expect, it } from 'vitest';
import { formatPlaces, parsePlaces } from './places.ts';

describe('places', () => {
  it('[L2] are written in runs and read back', () => {
    const places = [9, 0, 1, 2, 7, 10];
    expect(formatPlaces(places)).toBe('0-2,7,9-10');
    expect([...parsePlaces('0-2,7,9-10')]).toEqual([0, 1, 2, 7, 9, 10]);
  });

  it.each(['', 'a', '1-', '-3', '1,,2'])('[L2] refuse %j', (text) => {
    expect(() => parsePlaces(text)).toThrow(RangeError);
  });
});
