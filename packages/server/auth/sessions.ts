import type { AccountStore, Clock, DeviceRecord, Identity, Random, UserRecord } from '@hongyan/core/ports';
import { StoreError } from '@hongyan/core/ports';
import { type DeviceId, ID_LENGTH, idFromBytes, type UserEvent, type UserId } from '@hongyan/protocol';
import type { AccessTokens } from './access-tokens.ts';
import { AuthError } from './errors.ts';
import type { Passwords } from './passwords.ts';
import { parseRefreshToken, type RefreshTokens } from './refresh-tokens.ts';

/** Beyond it a new device takes the place of the account's oldest. */
const DEVICES_MAX = 100;
/** A refresh that loses a race finds the winner's answer at its next look. */
const ROTATION_ATTEMPTS_MAX = 3;

/** A device signed in to an account, as the device is told. */
export interface Session {
  userId: UserId;
  deviceId: DeviceId;
  handle: string;
  displayName: string;
  statusLine: string;
  accessToken: string;
  accessTokenExpiresAtMs: number;
  refreshToken: string;
}

/** Accounts and who is signed in to them. Rejects with AuthError, or StoreError `unavailable`. */
export interface Sessions {
  register(account: { handle: string; password: string; displayName: string; deviceName: string }): Promise<Session>;
  signIn(credentials: { handle: string; password: string; deviceName: string }): Promise<Session>;
  refresh(refreshToken: string): Promise<Session>;
  /** Idempotent. The device's tokens are dead when it resolves. */
  signOut(identity: Identity): Promise<void>;
}

export interface SessionsOptions {
  accounts: AccountStore;
  passwords: Passwords;
  accessTokens: AccessTokens;
  refreshTokens: RefreshTokens;
  clock: Clock;
  random: Random;
  /** A line was added to an account's user log, for its other devices to hear. */
  onUserEvent(userId: UserId, event: UserEvent): void;
  /** The device is gone from the store; nothing of it may live on. */
  onDeviceRevoked(deviceId: DeviceId): void;
}

export function createSessions(options: SessionsOptions): Sessions {
  const { accounts, passwords, accessTokens, refreshTokens, clock, random, onUserEvent, onDeviceRevoked } = options;

  async function sessionOf(user: UserRecord, deviceId: DeviceId, refreshToken: string): Promise<Session> {
    const { userId, handle, displayName, statusLine } = user;
    const access = await accessTokens.issue({ userId, deviceId });
    return { userId, deviceId, handle, displayName, statusLine, ...access, refreshToken };
  }

  async function addDevice(user: UserRecord, name: string): Promise<Session> {
    const { userId } = user;
    const deviceId = idFromBytes('d', random.bytes(ID_LENGTH));
    const { refreshToken, state } = refreshTokens.first(deviceId);
    await makeRoom(userId);
    const event = await accounts.createDevice({ deviceId, userId, name, createdAtMs: clock.now(), ...state });
    onUserEvent(userId, event);
    return sessionOf(user, deviceId, refreshToken);
  }

  async function makeRoom(userId: UserId): Promise<void> {
    const devices = await accounts.devicesOf(userId);
    const oldestFirst = devices.toSorted((a, b) => a.createdAtMs - b.createdAtMs);
    const surplus = Math.max(0, devices.length - DEVICES_MAX + 1);
    for (const device of oldestFirst.slice(0, surplus)) await removeDevice(device);
  }

  async function removeDevice({ deviceId }: Pick<DeviceRecord, 'deviceId'>): Promise<void> {
    await accounts.deleteDevice(deviceId);
    onDeviceRevoked(deviceId);
  }

  return {
    async register({ handle, password, displayName, deviceName }) {
      if ((await accounts.userByHandle(handle)) !== undefined) throw new AuthError('handle-taken');
      const user: UserRecord = {
        userId: idFromBytes('u', random.bytes(ID_LENGTH)),
        handle,
        displayName,
        statusLine: '',
        passwordHash: await passwords.hash(password),
        createdAtMs: clock.now(),
      };
      await accounts.createUser(user).catch(asHandleTaken);
      return addDevice(user, deviceName);
    },
    async signIn({ handle, password, deviceName }) {
      const user = await accounts.userByHandle(handle);
      const known = await passwords.verify(password, user?.passwordHash);
      if (user === undefined || !known) throw new AuthError('invalid-credentials');
      return addDevice(user, deviceName);
    },
    async refresh(refreshToken) {
      const presented = parseRefreshToken(refreshToken);
      if (presented === undefined) throw new AuthError('invalid-refresh-token');
      for (let attempt = 1; attempt <= ROTATION_ATTEMPTS_MAX; attempt++) {
        const device = await accounts.deviceById(presented.deviceId);
        if (device === undefined) throw new AuthError('invalid-refresh-token');
        const { userId, deviceId, refreshHash, previousRefreshHash } = device;
        const expected = { refreshHash, previousRefreshHash };
        const next = refreshTokens.next(presented, expected);
        const user = await accounts.userById(userId);
        if (next === undefined || user === undefined) throw new AuthError('invalid-refresh-token');
        if (next.state === expected || (await accounts.rotateRefresh(deviceId, expected, next.state))) {
          return sessionOf(user, deviceId, next.refreshToken);
        }
      }
      throw new AuthError('overloaded');
    },
    signOut: removeDevice,
  };
}

function asHandleTaken(error: unknown): never {
  if (error instanceof StoreError && error.kind === 'rejected' && error.reason === 'handle-taken') {
    throw new AuthError('handle-taken');
  }
  throw error;
}
