import type { AccountStore, Clock, DeviceEnd, DeviceKind, DeviceRecord, Identity, Random } from '@hongyan/core/ports';
import { type DeviceId, ID_LENGTH, idFromBytes, type UserEvent, type UserId } from '@hongyan/protocol';
import { AuthError } from './errors.ts';
import type { RefreshTokens } from './refresh-tokens.ts';

/** Beyond it a new device takes the place of the account's oldest. */
const DEVICES_MAX = 100;

/** `one-of-each-kind`: a new device takes the place of the account's others of its kind. */
export const DEVICE_POLICIES = ['all', 'one-of-each-kind'] as const;
export type DevicePolicy = (typeof DEVICE_POLICIES)[number];

/** What a device says of itself when it signs in. */
export interface StatedDevice {
  deviceName: string;
  deviceKind: DeviceKind;
}

export interface DevicesParts {
  accounts: AccountStore;
  refreshTokens: RefreshTokens;
  clock: Clock;
  random: Random;
  policy: DevicePolicy;
  /** A line was added to an account's user log, for its devices to hear. */
  onUserEvent: (userId: UserId, event: UserEvent) => void;
  /** The device is gone from the store; nothing of it may live on. */
  onDeviceRevoked: (deviceId: DeviceId, isReplaced: boolean) => void;
}

/** The devices that are signed in to accounts. Rejects with AuthError, or StoreError `unavailable`. */
export class Devices {
  readonly #parts: DevicesParts;

  constructor(parts: DevicesParts) {
    this.#parts = parts;
  }

  /**
   * A new device; with an `idempotencyKey` the same one and the same token as before, or AuthError `idempotency-key-used` once the
   * token was used or the device signed out.
   */
  async add(
    userId: UserId,
    { deviceName, deviceKind }: StatedDevice,
    idempotencyKey?: string,
  ): Promise<Identity & { refreshToken: string }> {
    const { accounts, clock, onUserEvent } = this.#parts;
    const { deviceId, refreshToken, state } = this.#first(userId, idempotencyKey);
    const isUsed = async () =>
      (await accounts.endedDevice(deviceId)) !== undefined ||
      ((await accounts.deviceById(deviceId)) ?? state).refreshHash !== state.refreshHash;
    if (idempotencyKey !== undefined && (await isUsed())) throw new AuthError('idempotency-key-used');
    const nowMs = clock.now();
    const named = { deviceId, userId, name: deviceName, kind: deviceKind };
    const event = await accounts.createDevice({ ...named, createdAtMs: nowMs, lastSeenAtMs: nowMs, ...state });
    onUserEvent(userId, event);
    await this.#makeRoom(named);
    return { userId, deviceId, refreshToken };
  }

  list(userId: UserId): Promise<DeviceRecord[]> {
    return this.#parts.accounts.devicesOf(userId);
  }

  /** The device as it is now; undefined when it is not the account's. */
  async rename(userId: UserId, deviceId: DeviceId, name: string): Promise<DeviceRecord | undefined> {
    const { accounts, clock, onUserEvent } = this.#parts;
    const device = await accounts.deviceById(deviceId);
    if (device?.userId !== userId) return undefined;
    const event = await accounts.renameDevice(deviceId, name, clock.now());
    if (event !== undefined) onUserEvent(userId, event);
    return { ...device, name };
  }

  /** Its tokens are dead when it resolves. Whether it is or was the account's; may be repeated. */
  async revoke({ userId, deviceId: byId }: Identity, deviceId: DeviceId): Promise<boolean> {
    const devices = await this.list(userId);
    const isSignedIn = devices.some((device) => device.deviceId === deviceId);
    if (!isSignedIn && (await this.#parts.accounts.endedDevice(deviceId))?.userId !== userId) return false;
    await this.#end(userId, deviceId, { reason: 'revoked', byName: nameOf(devices, byId) });
    return true;
  }

  /** By itself. Idempotent. */
  async signOut({ userId, deviceId }: Identity): Promise<void> {
    await this.#end(userId, deviceId, { reason: 'signed-out', byName: '' });
  }

  /** After the password was changed on this one. */
  async endOthers({ userId, deviceId }: Identity): Promise<void> {
    const devices = await this.list(userId);
    const end: DeviceEnd = { reason: 'password-changed', byName: nameOf(devices, deviceId) };
    for (const other of devices) if (other.deviceId !== deviceId) await this.#end(userId, other.deviceId, end);
  }

  #first(userId: UserId, idempotencyKey: string | undefined) {
    const { refreshTokens, random } = this.#parts;
    if (idempotencyKey !== undefined) return refreshTokens.firstOf(`${userId} ${idempotencyKey}`);
    const deviceId = idFromBytes('d', random.bytes(ID_LENGTH));
    return { deviceId, ...refreshTokens.first(deviceId) };
  }

  /** What was added before the new device may have to go for it; two that come at once agree on which is the newer. */
  async #makeRoom({ userId, deviceId, kind, name }: Pick<DeviceRecord, 'userId' | 'deviceId' | 'kind' | 'name'>) {
    const devices = await this.list(userId);
    const older = devices.slice(
      0,
      Math.max(
        0,
        devices.findIndex((device) => device.deviceId === deviceId),
      ),
    );
    const surplus = devices.length - DEVICES_MAX;
    const isOneOfEach = this.#parts.policy === 'one-of-each-kind';
    const leaving = older.filter((device, at) => at < surplus || (isOneOfEach && device.kind === kind));
    for (const device of leaving) await this.#end(userId, device.deviceId, { reason: 'replaced', byName: name });
  }

  async #end(userId: UserId, deviceId: DeviceId, end: DeviceEnd): Promise<void> {
    const { accounts, clock, onDeviceRevoked, onUserEvent } = this.#parts;
    const event = await accounts.deleteDevice(deviceId, end, clock.now());
    onDeviceRevoked(deviceId, end.reason === 'replaced');
    if (event !== undefined) onUserEvent(userId, event);
  }
}

const nameOf = (devices: readonly DeviceRecord[], deviceId: DeviceId): string =>
  devices.find((device) => device.deviceId === deviceId)?.name ?? '';
