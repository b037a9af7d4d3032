import type { Clock, Random, Store } from '@hongyan/core/ports';
import { createAccessTokens } from './access-tokens.ts';
import { createAuthenticator, type RevocableAuthenticator } from './authenticator.ts';
import { loadKeys } from './keys.ts';
import { createPasswords } from './passwords.ts';
import { createRefreshTokens } from './refresh-tokens.ts';
import { createSessions, type Sessions, type SessionsOptions } from './sessions.ts';
import { createTickets, type Tickets } from './tickets.ts';

export { createAccessTokens } from './access-tokens.ts';
export { createAuthenticator, type RevocableAuthenticator } from './authenticator.ts';
export { loadKeys } from './keys.ts';
export type { Session, Sessions } from './sessions.ts';
export { lookUpSignedOut } from './signed-out.ts';
export type { Tickets } from './tickets.ts';

export interface AuthOptions extends Pick<SessionsOptions, 'onUserEvent' | 'onDeviceRevoked'> {
  /** Also keeps the secret behind all tokens, so that all nodes on it have the same. */
  store: Pick<Store, 'accounts' | 'secrets'>;
  clock: Clock;
  random: Random;
  /** How long a device is believed to be signed in without a look; left out where every sign-out is heard of. */
  rememberedMsMax?: number | undefined;
}

export interface Auth {
  sessions: Sessions;
  authenticator: RevocableAuthenticator;
  /** Of places in the line for a gateway. */
  tickets: Tickets;
}

/** Who may come in: `sessions` gives tokens out and takes them back, `authenticator` looks at them. */
export async function createAuth(options: AuthOptions): Promise<Auth> {
  const { store, clock, random, rememberedMsMax, onUserEvent, onDeviceRevoked } = options;
  const { accounts } = store;
  const [keys, passwords] = await Promise.all([loadKeys(store.secrets, random), createPasswords(random)]);
  const accessTokens = createAccessTokens(keys.access, clock);
  const authenticator = createAuthenticator({ accessTokens, accounts, clock, rememberedMsMax });
  const sessions = createSessions({
    accounts,
    passwords,
    accessTokens,
    refreshTokens: createRefreshTokens(keys.refresh, random),
    clock,
    random,
    onUserEvent,
    onDeviceRevoked(deviceId) {
      authenticator.forget(deviceId);
      onDeviceRevoked(deviceId);
    },
  });
  return { sessions, authenticator, tickets: createTickets(keys.ticket, clock) };
}
