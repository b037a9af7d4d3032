import type { AccountStore, Clock, Identity, Random, UserRecord } from '@hongyan/core/ports';
import { StoreError } from '@hongyan/core/ports';
import { type DeviceId, ID_LENGTH, idFromBytes, type UserId } from '@hongyan/protocol';
import type { AccessTokens } from './access-tokens.ts';
import type { Devices, StatedDevice } from './devices.ts';
import { AuthError } from './errors.ts';
import type { Passwords } from './passwords.ts';
import { type PresentedToken, parseRefreshToken } from './presented-token.ts';
import type { RefreshTokens } from './refresh-tokens.ts';

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
  register(account: { handle: string; password: string; displayName: string } & StatedDevice): Promise<Session>;
  signIn(credentials: { handle: string; password: string } & StatedDevice): Promise<Session>;
  /** For somebody whom an app's backend vouches for. `idempotencyKey` as `Devices.add` says. */
  mint(user: UserRecord, device: StatedDevice, idempotencyKey?: string): Promise<Session>;
  refresh(refreshToken: string): Promise<Session>;
  /** Signs all other devices out. Asked for again after a lost answer it succeeds again. */
  changePassword(identity: Identity, passwords: { currentPassword: string; newPassword: string }): Promise<void>;
}

export interface SessionsOptions {
  accounts: AccountStore;
  devices: Devices;
  passwords: Passwords;
  accessTokens: AccessTokens;
  refreshTokens: RefreshTokens;
  clock: Clock;
  random: Random;
}

export function createSessions(options: SessionsOptions): Sessions {
  const { accounts, devices, passwords, accessTokens, refreshTokens, clock, random } = options;

  async function sessionOf(user: UserRecord, deviceId: DeviceId, refreshToken: string): Promise<Session> {
    const { userId, handle, displayName, statusLine } = user;
    const access = await accessTokens.issue({ userId, deviceId });
    return { userId, deviceId, handle, displayName, statusLine, ...access, refreshToken };
  }

  async function mint(user: UserRecord, device: StatedDevice, idempotencyKey?: string): Promise<Session> {
    const { deviceId, refreshToken } = await devices.add(user.userId, device, idempotencyKey);
    return sessionOf(user, deviceId, refreshToken);
  }

  /** Only whoever has a token of the device is told why it ended. */
  async function refusal(presented: PresentedToken): Promise<AuthError> {
    const ended = await accounts.endedDevice(presented.deviceId);
    const isHolder = ended !== undefined && refreshTokens.next(presented, ended) !== undefined;
    return new AuthError('invalid-refresh-token', isHolder ? ended : undefined);
  }

  return {
    mint,
    async register({ handle, password, displayName, ...device }) {
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
      return mint(user, device);
    },
    async signIn({ handle, password, ...device }) {
      const user = await accounts.userByHandle(handle);
      const known = await passwords.verify(password, user?.passwordHash);
      if (user === undefined || !known) throw new AuthError('invalid-credentials');
      const session = await mint(user, device);
      // Whoever changes the password meanwhile signs out what is there by then, or is seen here.
      if ((await accounts.userById(user.userId))?.passwordHash === user.passwordHash) return session;
      await devices.signOut(session);
      throw new AuthError('invalid-credentials');
    },
    async refresh(refreshToken) {
      const presented = parseRefreshToken(refreshToken);
      if (presented === undefined) throw new AuthError('invalid-refresh-token');
      for (let attempt = 1; attempt <= ROTATION_ATTEMPTS_MAX; attempt++) {
        const device = await accounts.deviceById(presented.deviceId);
        if (device === undefined) throw await refusal(presented);
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
    async changePassword(identity, { currentPassword, newPassword }) {
      const { userId } = identity;
      const current = (await accounts.userById(userId))?.passwordHash;
      if (await passwords.verify(currentPassword, current)) {
        const isChanged = await accounts.setPassword(userId, current ?? '', await passwords.hash(newPassword));
        if (!isChanged) throw new AuthError('invalid-credentials');
      } else if (!(await passwords.verify(newPassword, current))) {
        throw new AuthError('invalid-credentials');
      }
      await devices.endOthers(identity);
    },
  };
}

function asHandleTaken(error: unknown): never {
  if (error instanceof StoreError && error.kind === 'rejected' && error.reason === 'handle-taken') {
    throw new AuthError('handle-taken');
  }
  throw error;
}
