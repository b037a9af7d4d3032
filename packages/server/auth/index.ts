import type { AccountStore, Authenticator, Clock, Random } from '@hongyan/core/ports';
import { createAccessTokens } from './access-tokens.ts';
import { createAuthenticator } from './authenticator.ts';
import { loadKeys } from './keys.ts';
import { createPasswords } from './passwords.ts';
import { createRefreshTokens } from './refresh-tokens.ts';
import { createSessions, type Sessions, type SessionsOptions } from './sessions.ts';

export type { Session, Sessions } from './sessions.ts';

export interface AuthOptions extends Pick<SessionsOptions, 'onUserEvent' | 'onDeviceRevoked'> {
  accounts: AccountStore;
  /** Where the secret behind all tokens is kept. */
  directory: string;
  clock: Clock;
  random: Random;
}

/** Who may come in: `sessions` gives tokens out and takes them back, `authenticator` looks at them. */
export async function createAuth(options: AuthOptions): Promise<{ sessions: Sessions; authenticator: Authenticator }> {
  const { accounts, directory, clock, random, onUserEvent, onDeviceRevoked } = options;
  const [keys, passwords] = await Promise.all([loadKeys(directory), createPasswords(random)]);
  const accessTokens = createAccessTokens(keys.access, clock);
  const authenticator = createAuthenticator({ accessTokens, accounts, clock });
  const sessions = createSessions({
    accounts,
    passwords,
    accessTokens,
    refreshTokens: createRefreshTokens(keys.refresh, random),
    clock,
    random,
    onUserEvent,
    onDeviceRevoked(deviceId, userId) {
      authenticator.forget(deviceId);
      onDeviceRevoked(deviceId, userId);
    },
  });
  return { sessions, authenticator };
}
