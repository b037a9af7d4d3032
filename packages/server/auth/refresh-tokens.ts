import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { Random, RefreshState } from '@hongyan/core/ports';
import { type DeviceId, ID_LENGTH, idFromBytes } from '@hongyan/protocol';
import type { PresentedToken } from './presented-token.ts';

const SECRET_BYTES = 32;

/**
 * Refresh tokens: `<device id>.<32 bytes in base64url>`.
 *
 * The first one of a device is random, or follows from what the device was asked for with; each next one follows from the one before it by HMAC with a key only the server
 * has. Two are good at any time: the newest, and the one it replaced.
 *
 * - Presenting the newest replaces it: its successor is the newest now, and the one before it is dead.
 * - Presenting the one before changes nothing and gives the newest again: the first answer was lost.
 * - Anything older is refused.
 *
 * As a repetition gets the same answer, no order of lost, late and doubled requests can sign a device out.
 */
export interface RefreshTokens {
  first(deviceId: DeviceId): FirstToken;
  /** The device, and its first token, that follow from `origin`: the same however often they are asked for. */
  firstOf(origin: string): FirstToken & { deviceId: DeviceId };
  /** What presenting the token does to a device in this state; undefined when it is not good. */
  next(presented: PresentedToken, state: RefreshState): { refreshToken: string; state: RefreshState } | undefined;
}

export interface FirstToken {
  refreshToken: string;
  state: RefreshState;
}

export function createRefreshTokens(key: Uint8Array, random: Random): RefreshTokens {
  return {
    first(deviceId) {
      return firstToken(deviceId, Buffer.from(random.bytes(SECRET_BYTES)));
    },
    firstOf(origin) {
      const derive = (use: string) => createHmac('sha256', key).update(`${use} of ${origin}`).digest();
      const deviceId = idFromBytes('d', derive('device').subarray(0, ID_LENGTH));
      return { deviceId, ...firstToken(deviceId, derive('token')) };
    },
    next(presented, state) {
      const successor = createHmac('sha256', key).update(presented.refreshToken).digest('base64url');
      const refreshToken = `${presented.deviceId}.${successor}`;
      const presentedHash = hashOf(presented.refreshToken);
      const nextHash = hashOf(refreshToken);
      if (same(presentedHash, state.refreshHash)) {
        return { refreshToken, state: { refreshHash: nextHash, previousRefreshHash: presentedHash } };
      }
      const repeated = same(presentedHash, state.previousRefreshHash) && same(nextHash, state.refreshHash);
      return repeated ? { refreshToken, state } : undefined;
    },
  };
}

function firstToken(deviceId: DeviceId, secret: Buffer): FirstToken {
  const refreshToken = `${deviceId}.${secret.toString('base64url')}`;
  return { refreshToken, state: { refreshHash: hashOf(refreshToken), previousRefreshHash: '' } };
}

const hashOf = (refreshToken: string) => createHash('sha256').update(refreshToken).digest('base64url');

function same(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}
