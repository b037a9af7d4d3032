import type { Clock, Random, Store } from '@hongyan/core/ports';
import { createAccessTokens } from './access-tokens.ts';
import { type ApiKeys, createApiKeys } from './api-keys.ts';
import { createAuthenticator, type RevocableAuthenticator } from './authenticator.ts';
import { Devices, type DevicesParts } from './devices.ts';
import { loadKeys } from './keys.ts';
import { LastSeen } from './last-seen.ts';
import { createPasswords } from './passwords.ts';
import { createRefreshTokens } from './refresh-tokens.ts';
import { createSessions, type Sessions } from './sessions.ts';
import { createTickets, type Tickets } from './tickets.ts';

export { createAccessTokens } from './access-tokens.ts';
export { type ApiKeys, createApiKeys, hashApiKey } from './api-keys.ts';
export { createAuthenticator, type RevocableAuthenticator } from './authenticator.ts';
export type { DevicePolicy, Devices } from './devices.ts';
export { loadKeys } from './keys.ts';
export type { Session, Sessions } from './sessions.ts';
export { lookUpSignedOut } from './signed-out.ts';
export type { Tickets } from './tickets.ts';

export interface AuthOptions extends Pick<DevicesParts, 'policy' | 'onUserEvent' | 'onDeviceRevoked'> {
  /** Also keeps the secret behind all tokens, so that all nodes on it have the same. */
  store: Pick<Store, 'accounts' | 'secrets'>;
  clock: Clock;
  random: Random;
  /** How long a device is believed to be signed in without a look; left out where every sign-out is heard of. */
  rememberedMsMax?: number | undefined;
  /** Of the API key that the process was given. */
  givenKeyHash?: string | undefined;
}

export interface Auth {
  sessions: Sessions;
  devices: Devices;
  apiKeys: ApiKeys;
  authenticator: RevocableAuthenticator;
  /** Of places in the line for a gateway. */
  tickets: Tickets;
  /** A device that is signed in has a live session. */
  saw: (deviceId: string) => void;
  /** Writes what is written behind. Never rejects. */
  close(): Promise<void>;
}

/** Who may come in: `sessions` gives tokens out, `devices` takes them back, `authenticator` looks at them. */
export async function createAuth(options: AuthOptions): Promise<Auth> {
  const { store, clock, random, rememberedMsMax, givenKeyHash, policy, onUserEvent, onDeviceRevoked } = options;
  const { accounts } = store;
  const [keys, passwords] = await Promise.all([loadKeys(store.secrets, random), createPasswords(random)]);
  const accessTokens = createAccessTokens(keys.access, clock);
  const refreshTokens = createRefreshTokens(keys.refresh, random);
  const devicesSeen = new LastSeen({ clock, write: (sightings) => accounts.seeDevices(sightings) });
  const keysSeen = new LastSeen({ clock, write: (sightings) => accounts.seeApiKeys(sightings) });
  const saw = (deviceId: string) => devicesSeen.saw(deviceId);
  const authenticator = createAuthenticator({ accessTokens, accounts, clock, rememberedMsMax, onSeen: saw });
  const devices = new Devices({
    ...{ accounts, refreshTokens, clock, random, policy, onUserEvent },
    onDeviceRevoked(deviceId, isReplaced) {
      authenticator.forget(deviceId);
      onDeviceRevoked(deviceId, isReplaced);
    },
  });
  return {
    sessions: createSessions({ accounts, devices, passwords, accessTokens, refreshTokens, clock, random }),
    devices,
    apiKeys: createApiKeys({ accounts, clock, random, givenKeyHash, onUsed: (keyId) => keysSeen.saw(keyId) }),
    authenticator,
    tickets: createTickets(keys.ticket, clock),
    saw,
    async close() {
      await Promise.all([devicesSeen.flush(), keysSeen.flush()]);
    },
  };
}
