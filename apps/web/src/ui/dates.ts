const DAY_MS = 86_400_000;

/** Of what a Date can be (ECMA-262): what others say may lie beyond, and formatting it would throw. */
const TIME_MS_MAX = 8.64e15;

const formats = new Map<string, Intl.DateTimeFormat>();

function format(locale: string, options: Intl.DateTimeFormatOptions, timeMs: number): string {
  if (!(Math.abs(timeMs) <= TIME_MS_MAX)) return '';
  const key = locale + JSON.stringify(options);
  let formatter = formats.get(key);
  if (formatter === undefined) {
    formatter = new Intl.DateTimeFormat(locale === 'zh' ? 'zh-CN' : locale, options);
    formats.set(key, formatter);
  }
  return formatter.format(timeMs);
}

/** Local midnight before `timeMs`, which names its day. */
export function dayOf(timeMs: number): number {
  return new Date(timeMs).setHours(0, 0, 0, 0);
}

/** Calendar days from `timeMs` to `nowMs`; rounding takes care of days with 23 or 25 hours. */
function daysAgo(timeMs: number, nowMs: number): number {
  return Math.round((dayOf(nowMs) - dayOf(timeMs)) / DAY_MS);
}

const sameYear = (a: number, b: number) => new Date(a).getFullYear() === new Date(b).getFullYear();

export interface DayWords {
  today: string;
  yesterday: string;
}

export const timeLabel = (timeMs: number, locale: string) =>
  format(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }, timeMs);

export const fullLabel = (timeMs: number, locale: string) =>
  format(locale, { dateStyle: 'full', timeStyle: 'medium' }, timeMs);

export const momentLabel = (timeMs: number, locale: string) =>
  format(locale, { dateStyle: 'medium', timeStyle: 'short' }, timeMs);

/** The heading of a day in a conversation: today, yesterday, a weekday of the last week, or the date. */
export function dayLabel(timeMs: number, nowMs: number, locale: string, words: DayWords): string {
  const days = daysAgo(timeMs, nowMs);
  if (days === 0) return words.today;
  if (days === 1) return words.yesterday;
  if (days > 1 && days < 7) return format(locale, { weekday: 'long' }, timeMs);
  if (sameYear(timeMs, nowMs)) return format(locale, { month: 'long', day: 'numeric' }, timeMs);
  return format(locale, { year: 'numeric', month: 'long', day: 'numeric' }, timeMs);
}

/** When a conversation last moved, short enough for a list: the time today, else the day. */
export function listLabel(timeMs: number, nowMs: number, locale: string, words: DayWords): string {
  const days = daysAgo(timeMs, nowMs);
  if (days <= 0) return timeLabel(timeMs, locale);
  if (days === 1) return words.yesterday;
  if (days < 7) return format(locale, { weekday: 'short' }, timeMs);
  if (sameYear(timeMs, nowMs)) return format(locale, { month: 'numeric', day: 'numeric' }, timeMs);
  return format(locale, { year: '2-digit', month: 'numeric', day: 'numeric' }, timeMs);
}

const UNITS = [
  { unit: 'day', ms: DAY_MS },
  { unit: 'hour', ms: 3_600_000 },
  { unit: 'minute', ms: 60_000 },
  { unit: 'second', ms: 1000 },
] as const;

/** A length of time in the largest unit that it fills, rounded up; `narrow` where there is little room. */
export function durationLabel(ms: number, locale: string, unitDisplay: 'long' | 'narrow' = 'long'): string {
  const { unit, ms: unitMs } = UNITS.find((candidate) => ms >= candidate.ms) ?? UNITS[3];
  const count = Math.max(1, Math.ceil(ms / unitMs));
  return new Intl.NumberFormat(locale === 'zh' ? 'zh-CN' : locale, { style: 'unit', unit, unitDisplay }).format(count);
}
