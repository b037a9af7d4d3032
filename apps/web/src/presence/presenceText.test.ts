import type { Presence } from '@hongyan/sdk';
import { describe, expect, test } from 'vitest';
import { i18n } from '../locales/index.ts';
import { presenceText } from './presenceText.ts';

const NOON = new Date(2026, 10, 22, 12).getTime();
const text = (presence: Partial<Presence> | undefined) =>
  presenceText(
    presence && { userId: 'u1', state: 'offline', devices: [], lastSeenMs: undefined, ...presence },
    NOON,
    (key, values) => (typeof values === 'number' ? i18n.global.t(key, values) : i18n.global.t(key, values)),
    'en',
  );

describe('[G1] presence in words', () => {
  test('[G1] says nothing while nothing is known', () => {
    expect(text(undefined)).toBe('');
  });

  test('[G1] tells a phone from other devices', () => {
    expect(text({ state: 'online', devices: [{ kind: 'phone', isIdle: false }] })).toBe('online on the phone');
    expect(text({ state: 'online', devices: [] })).toBe('online');
  });

  test('[G1] tells when somebody was last seen, the coarser the longer ago', () => {
    expect(text({})).toBe('offline');
    expect(text({ lastSeenMs: NOON - 60_000 })).toBe('last seen just now');
    expect(text({ lastSeenMs: NOON - 20 * 60_000 })).toBe('last seen 20 minutes ago');
    expect(text({ lastSeenMs: NOON - 3 * 3_600_000 })).toBe('last seen 09:00');
    expect(text({ lastSeenMs: NOON - 3 * 86_400_000 })).toContain('Nov 19');
  });
});
