import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Clock } from '@hongyan/core/ports';
import type { DeviceId } from '@hongyan/protocol';

/** Whoever comes back later than told has lost the place after this time, so that no place can be kept for another day. */
const LATE_MAX_MS = 10 * 60_000;
const pattern = /^(\d{1,16}(?:\.\d{1,12})?):(\d{1,16}):([\w-]{43})$/;

/** A place in the line for a gateway, as its device carries it: `<since when it waits>:<good until>:<HMAC of both and the device>`. */
export interface Tickets {
  /** `returnAfterMs`: when the device is to come back. */
  issue(deviceId: DeviceId, waitingSinceMs: number, returnAfterMs: number): string;
  /** Since when the device waits; undefined when the ticket is forged, another device's, or too old. */
  read(deviceId: DeviceId, ticket: string): number | undefined;
}

export function createTickets(key: Uint8Array, clock: Clock): Tickets {
  const macOf = (deviceId: DeviceId, sinceMs: string, goodUntilMs: string) =>
    createHmac('sha256', key).update(`${deviceId}:${sinceMs}:${goodUntilMs}`).digest('base64url');
  return {
    issue(deviceId, waitingSinceMs, returnAfterMs) {
      // Every digit counts: fractions tell those apart who came together.
      const sinceMs = String(waitingSinceMs);
      const goodUntilMs = String(clock.now() + Math.ceil(returnAfterMs) + LATE_MAX_MS);
      return `${sinceMs}:${goodUntilMs}:${macOf(deviceId, sinceMs, goodUntilMs)}`;
    },
    read(deviceId, ticket) {
      const [, sinceMs, goodUntilMs, mac] = pattern.exec(ticket) ?? [];
      if (sinceMs === undefined || goodUntilMs === undefined || mac === undefined) return undefined;
      const expected = macOf(deviceId, sinceMs, goodUntilMs);
      if (!timingSafeEqual(Buffer.from(mac), Buffer.from(expected))) return undefined;
      return Number(goodUntilMs) < clock.now() ? undefined : Number(sinceMs);
    },
  };
}
