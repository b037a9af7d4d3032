import type { DeviceId } from '@hongyan/protocol';

const pattern = /^(d[0-9a-hjkmnp-tv-z]{16})\.([\w-]{43})$/;

export interface PresentedToken {
  deviceId: DeviceId;
  refreshToken: string;
}

/** Reads whose token it is; says nothing of its being good. */
export function parseRefreshToken(refreshToken: string): PresentedToken | undefined {
  const deviceId = pattern.exec(refreshToken)?.[1];
  return deviceId === undefined ? undefined : { deviceId, refreshToken };
}
