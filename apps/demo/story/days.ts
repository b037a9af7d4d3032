import type { SeededRandom } from '@hongyan/testkit/random';
import type { Room } from '../world/rooms.ts';
import type { Begin } from './script.ts';

/** How far the demo world's history goes back. */
export const DAYS = 30;

/** A time of a day, by this machine's time zone. */
export function timeOfDay(nowMs: number, daysAgo: number, hour: number, minute: number): number {
  const date = new Date(nowMs);
  date.setDate(date.getDate() - daysAgo);
  return date.setHours(hour, minute, 0, 0);
}

export function beginMs(begin: Begin, nowMs: number): number {
  switch (begin.kind) {
    case 'minutes-ago':
      return nowMs - begin.minutes * 60_000;
    case 'days-ago':
      return timeOfDay(nowMs, begin.days, begin.hour, begin.minute);
  }
}

/** When scenes begin in a room on the days up to `untilMs`, in order. */
export function sceneTimes(
  { pace, hours, weekends }: Pick<Room, 'pace' | 'hours' | 'weekends'>,
  { nowMs, untilMs, random }: { nowMs: number; untilMs: number; random: SeededRandom },
): number[] {
  const times: number[] = [];
  for (let daysAgo = DAYS - 1; daysAgo >= 0; daysAgo--) {
    const day = new Date(timeOfDay(nowMs, daysAgo, 12, 0)).getDay();
    const count = Math.floor(pace * 2 * random.fraction() + 0.5);
    for (let scene = 0; scene < count; scene++) {
      const atMs = timeOfDay(nowMs, daysAgo, random.between(hours[0], hours[1] - 1), random.between(0, 59));
      if (atMs < untilMs && (weekends || (day !== 0 && day !== 6))) times.push(atMs);
    }
  }
  return times.sort((a, b) => a - b);
}
