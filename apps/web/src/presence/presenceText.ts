import type { Presence } from '@hongyan/sdk';
import { dayOf, momentLabel, timeLabel } from '../ui/dates.ts';

type Translate = (key: string, values: { time: string } | number) => string;

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Somebody's presence in words; empty where nothing is known. */
export function presenceText(presence: Presence | undefined, nowMs: number, t: Translate, locale: string): string {
  switch (presence?.state) {
    case undefined:
      return '';
    case 'online':
      return presence.devices.every(({ kind }) => kind === 'phone') && presence.devices.length > 0
        ? t('presence.onlinePhone', 1)
        : t('presence.online', 1);
    case 'away':
      return t('presence.away', 1);
    case 'do-not-disturb':
      return t('presence.doNotDisturb', 1);
    case 'offline':
      return presence.lastSeenMs === undefined
        ? t('presence.offline', 1)
        : lastSeen(presence.lastSeenMs, nowMs, t, locale);
  }
}

function lastSeen(atMs: number, nowMs: number, t: Translate, locale: string): string {
  const agoMs = nowMs - atMs;
  // The server rounds to five minutes: what is nearer than that is "just now".
  if (agoMs < 6 * MINUTE_MS) return t('presence.seenJustNow', 1);
  if (agoMs < HOUR_MS) return t('presence.seenMinutes', Math.floor(agoMs / MINUTE_MS));
  if (dayOf(atMs) === dayOf(nowMs)) return t('presence.seenAt', { time: timeLabel(atMs, locale) });
  return t('presence.seenAt', { time: momentLabel(atMs, locale) });
}
