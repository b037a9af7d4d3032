import { anna, ben } from '../../engine/testing/model-server.ts';
import type { SessionRecord } from '../../stores/store.ts';

/** A session of Anna's or Ben's; `device` tells one sign-in from the next. */
export function sessionOf(handle: 'anna' | 'ben', device = 0, lifeMs = 900_000): SessionRecord {
  const [userId, displayName] = handle === 'anna' ? [anna, 'Anna'] : [ben, 'Ben'];
  const deviceId = `d${handle}${String(device).padStart(15 - handle.length, '0')}`;
  return {
    me: { userId, deviceId, handle, displayName, statusLine: '' },
    accessToken: `access of ${deviceId}`,
    accessTokenExpiresAtMs: Date.now() + lifeMs,
    refreshToken: `refresh of ${deviceId}`,
  };
}

/** As the server answers it. */
export function sessionAnswer({ me, ...tokens }: SessionRecord): string {
  return JSON.stringify({ ...me, ...tokens });
}
