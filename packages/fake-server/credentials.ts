import type { Clock } from '@hongyan/core';
import type { SessionsOptions } from '@hongyan/server/auth/sessions';

// Nothing here keeps anybody out: what a real server hashes and signs is readable, and needs no cryptography.

const ACCESS_TOKEN_TTL_MS = 15 * 60_000;
const NUMBER_DIGITS = 43;

export const passwords: SessionsOptions['passwords'] = {
  hash: async (password) => `plain ${password}`,
  verify: async (password, passwordHash) => passwordHash === `plain ${password}`,
};

/** `<account>.<device>.<when it expires>`. */
export const accessTokens = (clock: Clock): SessionsOptions['accessTokens'] => ({
  async issue({ userId, deviceId }) {
    const accessTokenExpiresAtMs = clock.now() + ACCESS_TOKEN_TTL_MS;
    return { accessToken: `${userId}.${deviceId}.${accessTokenExpiresAtMs}`, accessTokenExpiresAtMs };
  },
  async verify(accessToken) {
    const [userId = '', deviceId = '', expires] = accessToken.split('.');
    const expiresAtMs = Number(expires);
    return expiresAtMs > clock.now() ? { identity: { userId, deviceId }, expiresAtMs } : undefined;
  },
});

const numbered = (deviceId: string, number: number) => `${deviceId}.${String(number).padStart(NUMBER_DIGITS, '0')}`;

function first(deviceId: string) {
  const refreshToken = numbered(deviceId, 1);
  return { refreshToken, state: { refreshHash: refreshToken, previousRefreshHash: '' } };
}

/** `<device>.<number>`, of which the newest and the one before it are good. */
export const refreshTokens: SessionsOptions['refreshTokens'] = {
  first,
  firstOf() {
    throw new Error('only the backends of apps ask for a device again');
  },
  next({ deviceId, refreshToken: presented }, state) {
    const refreshToken = numbered(deviceId, Number(presented.split('.')[1]) + 1);
    if (presented === state.refreshHash) {
      return { refreshToken, state: { refreshHash: refreshToken, previousRefreshHash: presented } };
    }
    const isRepeated = presented === state.previousRefreshHash && refreshToken === state.refreshHash;
    return isRepeated ? { refreshToken, state } : undefined;
  },
};
