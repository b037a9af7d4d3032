import type { DeviceId, UserId } from '@hongyan/protocol';

export interface Identity {
  userId: UserId;
  deviceId: DeviceId;
}

/** Turns an access token into who it speaks for; undefined when it is forged, malformed or expired. Never throws. */
export interface Authenticator {
  authenticate(accessToken: string): Promise<Identity | undefined>;
}
