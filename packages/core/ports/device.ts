import type { DeviceId, UserEvent, UserId } from '@hongyan/protocol';

/** What a device is, as it says itself when it signs in. */
export const DEVICE_KINDS = ['phone', 'desktop', 'web', 'terminal', 'bot'] as const;
export type DeviceKind = (typeof DEVICE_KINDS)[number];

/** Hashes, never the tokens. The previous one is kept so that a lost answer to a refresh does not sign the device out. */
export interface RefreshState {
  refreshHash: string;
  previousRefreshHash: string;
}

export interface DeviceRecord extends RefreshState {
  deviceId: DeviceId;
  userId: UserId;
  name: string;
  kind: DeviceKind;
  createdAtMs: number;
  /** Written behind: some minutes old. */
  lastSeenAtMs: number;
}

/** Why a device is signed in no more. `replaced`: a newer one took its place. */
export const END_REASONS = ['signed-out', 'revoked', 'replaced', 'password-changed'] as const;
export type EndReason = (typeof END_REASONS)[number];

export interface DeviceEnd {
  reason: EndReason;
  /** The name of the device that did it: the newer one, or the one that the person had in hand. */
  byName: string;
}

/** A device that is signed in no more, and the tokens it had, so that only its holder is told why. */
export interface EndedDevice extends RefreshState, DeviceEnd {
  deviceId: DeviceId;
  userId: UserId;
}

/** Ended devices that are kept of an account; the ones that ended longest ago go first. */
export const ENDED_DEVICES_MAX = 100;

/** That something was there at a time: a device, or an API key. */
export interface Sighting {
  id: string;
  seenAtMs: number;
}

/** Of one `seeDevices` or `seeApiKeys`. */
export const SIGHTINGS_MAX = 200;

/** The devices that are signed in to accounts. */
export interface DeviceStore {
  /** Adds the device and a `deviceAdded` event to the account's user log in one commit. */
  createDevice(device: DeviceRecord): Promise<UserEvent>;
  deviceById(deviceId: DeviceId): Promise<DeviceRecord | undefined>;
  /** In the order in which they were added, which no clock has a say in. */
  devicesOf(userId: UserId): Promise<DeviceRecord[]>;
  /** Replaces the refresh token if `expected` is still the stored record; false when somebody else was faster. */
  rotateRefresh(deviceId: DeviceId, expected: RefreshState, next: RefreshState): Promise<boolean>;
  /** Answers the `deviceRenamed` event it added in the same commit; undefined when the device has that name or is not there. */
  renameDevice(deviceId: DeviceId, name: string, timeMs: number): Promise<UserEvent | undefined>;
  /** Moves `lastSeenAtMs` forward, never back. At most `SIGHTINGS_MAX`; devices that are not there are passed over. */
  seeDevices(sightings: readonly Sighting[]): Promise<void>;
  /**
   * Takes the device, its tokens and its positions, keeps why, and adds a `deviceRemoved` event in the same commit, which is
   * answered. Asked for again it changes nothing and answers the same event; undefined when nobody remembers the device.
   */
  deleteDevice(deviceId: DeviceId, end: DeviceEnd, timeMs: number): Promise<UserEvent | undefined>;
  /** One of the account's last `ENDED_DEVICES_MAX` that ended. */
  endedDevice(deviceId: DeviceId): Promise<EndedDevice | undefined>;
}
