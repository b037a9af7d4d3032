import { createSecretKey } from 'node:crypto';
import type { Clock, Identity } from '@hongyan/core/ports';
import { jwtVerify, SignJWT } from 'jose';

export const ACCESS_TOKEN_TTL_MS = 15 * 60_000;

export interface AccessTokens {
  issue(identity: Identity): Promise<{ accessToken: string; accessTokenExpiresAtMs: number }>;
  /** Whom an unexpired token of ours names, and until when; undefined for anything else. */
  verify(accessToken: string): Promise<{ identity: Identity; expiresAtMs: number } | undefined>;
}

/** JSON Web Tokens (HS256): `sub` is the account, `did` the device. */
export function createAccessTokens(key: Uint8Array, clock: Clock): AccessTokens {
  const secret = createSecretKey(key);
  return {
    async issue({ userId, deviceId }) {
      const nowSeconds = Math.floor(clock.now() / 1000);
      const expiresAtSeconds = nowSeconds + ACCESS_TOKEN_TTL_MS / 1000;
      const accessToken = await new SignJWT({ did: deviceId })
        .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt' })
        .setSubject(userId)
        .setIssuedAt(nowSeconds)
        .setExpirationTime(expiresAtSeconds)
        .sign(secret);
      return { accessToken, accessTokenExpiresAtMs: expiresAtSeconds * 1000 };
    },
    async verify(accessToken) {
      try {
        const { payload } = await jwtVerify(accessToken, secret, {
          algorithms: ['HS256'],
          typ: 'at+jwt',
          currentDate: new Date(clock.now()),
          requiredClaims: ['sub', 'exp'],
        });
        const { sub, did, exp } = payload;
        if (sub === undefined || exp === undefined || typeof did !== 'string') return undefined;
        return { identity: { userId: sub, deviceId: did }, expiresAtMs: exp * 1000 };
      } catch {
        return undefined;
      }
    },
  };
}
