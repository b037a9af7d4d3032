import type { DeviceId, UserId } from '@hongyan/protocol';

export interface Identity {
  userId: UserId;
  deviceId: DeviceId;
}

/**
 * Turns an access token into who it speaks for; undefined when it is forged, malformed or expired, or its device was signed
 * out. Rejects with StoreError `unavailable` when that cannot be known now: then nobody is let in.
 */
export interface Authenticator {
  authenticate(accessToken: string): Promise<Identity | undefined>;
}
