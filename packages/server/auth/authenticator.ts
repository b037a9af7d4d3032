import { type AccountStore, type Authenticator, type Clock, type Identity, StoreError } from '@hongyan/core/ports';
import type { DeviceId } from '@hongyan/protocol';
import type { AccessTokens } from './access-tokens.ts';

const CACHED_TOKENS_MAX = 20_000;
/** Sign-outs during one check before it gives up; the client comes back. */
const LOOKUPS_MAX = 8;
/** Far above a token of ours; longer ones are not worth a look. */
const TOKEN_LENGTH_MAX = 1024;

export interface AuthenticatorOptions {
  accessTokens: AccessTokens;
  accounts: Pick<AccountStore, 'deviceById'>;
  clock: Clock;
  cachedTokensMax?: number;
  /**
   * How long a device that was found signed in is believed to be; left out where every sign-out is heard of: until its token
   * expires.
   */
  rememberedMsMax?: number | undefined;
  /** A device came with a token that was not remembered. */
  onSeen?: ((deviceId: DeviceId) => void) | undefined;
}

export interface RevocableAuthenticator extends Authenticator {
  /** From now on no token of the device is good. Call it after the device was deleted. */
  forget(deviceId: DeviceId): void;
  /** Sign-outs may have been missed: every token is looked at anew. */
  forgetAll(): void;
}

/**
 * A token is good while its signature and time are, and its device has not been signed out, which only the store knows:
 * while it is away nobody new gets in (SES-3). What was found good is remembered (least recently used first out), because
 * everybody may come back together, and a session is gone on with without the store.
 */
export function createAuthenticator(options: AuthenticatorOptions): RevocableAuthenticator {
  const { accessTokens, accounts, clock, onSeen } = options;
  const { cachedTokensMax = CACHED_TOKENS_MAX, rememberedMsMax = Number.POSITIVE_INFINITY } = options;
  const cache = new Map<string, { identity: Identity; expiresAtMs: number }>();
  let revocations = 0;

  function cached(accessToken: string): Identity | undefined {
    const found = cache.get(accessToken);
    if (found === undefined) return undefined;
    cache.delete(accessToken);
    if (found.expiresAtMs <= clock.now()) return undefined;
    cache.set(accessToken, found);
    return found.identity;
  }

  function remember(accessToken: string, verified: { identity: Identity; expiresAtMs: number }): void {
    cache.set(accessToken, verified);
    const oldest = cache.keys().next();
    if (cache.size > cachedTokensMax && !oldest.done) cache.delete(oldest.value);
  }

  async function isSignedIn({ userId, deviceId }: Identity): Promise<boolean> {
    return (await accounts.deviceById(deviceId))?.userId === userId;
  }

  return {
    async authenticate(accessToken) {
      if (accessToken.length > TOKEN_LENGTH_MAX) return undefined;
      const known = cached(accessToken);
      if (known !== undefined) return known;
      const verified = await accessTokens.verify(accessToken);
      if (verified === undefined) return undefined;
      for (let lookups = 0; lookups < LOOKUPS_MAX; lookups++) {
        const revocationsBefore = revocations;
        const rememberedUntilMs = clock.now() + rememberedMsMax;
        if (!(await isSignedIn(verified.identity))) return undefined;
        // Somebody signed out while the store was asked, perhaps this device: ask again.
        if (revocationsBefore !== revocations) continue;
        remember(accessToken, { ...verified, expiresAtMs: Math.min(verified.expiresAtMs, rememberedUntilMs) });
        onSeen?.(verified.identity.deviceId);
        return verified.identity;
      }
      throw new StoreError('unavailable', 'devices-change');
    },
    forget(deviceId) {
      revocations += 1;
      for (const [token, { identity }] of cache) if (identity.deviceId === deviceId) cache.delete(token);
    },
    forgetAll() {
      revocations += 1;
      cache.clear();
    },
  };
}
