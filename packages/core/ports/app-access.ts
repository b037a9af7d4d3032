import type { UserId } from '@hongyan/protocol';
import type { Sighting } from './device.ts';
import type { UserRecord } from './store.ts';

/**
 * What a key's holder may do: `users` brings an app's own users and says who is friends with whom, `groups` makes and changes
 * groups, `messages:write` writes as anybody, `messages:read` reads everything, `keys` makes and revokes keys.
 */
export const API_KEY_SCOPES = ['users', 'groups', 'messages:write', 'messages:read', 'keys'] as const;
export type ApiKeyScope = (typeof API_KEY_SCOPES)[number];

/** Of a key that is made without any being named: all but the one that makes others. */
export const DEFAULT_API_KEY_SCOPES: readonly ApiKeyScope[] = API_KEY_SCOPES.filter((scope) => scope !== 'keys');

/** A key of an app's backend; its hash, never the key. */
export interface ApiKeyRecord {
  keyId: string;
  name: string;
  keyHash: string;
  scopes: readonly ApiKeyScope[];
  createdAtMs: number;
  /** Written behind: some minutes old. 0: never. */
  lastUsedAtMs: number;
}

/** Keys there may be; one more is `rejected` (`too-many-api-keys`). */
export const API_KEYS_MAX = 100;

/** The keys that backends of apps call with. */
export interface ApiKeyStore {
  /** Asked for again with the same id it changes nothing. */
  createApiKey(key: ApiKeyRecord): Promise<void>;
  apiKeyByHash(keyHash: string): Promise<ApiKeyRecord | undefined>;
  /** All of them, oldest first. */
  apiKeys(): Promise<ApiKeyRecord[]>;
  /** Whether it was there. */
  deleteApiKey(keyId: string): Promise<boolean>;
  /** As `seeDevices`, for `lastUsedAtMs`. */
  seeApiKeys(sightings: readonly Sighting[]): Promise<void>;
}

/** An account that an app's backend brought, by the id it has there. */
export interface AppUser {
  externalId: string;
  user: UserRecord;
}

export interface AppUserChange {
  externalId: string;
  displayName: string;
  /** undefined: a new account gets its id as its handle, one that is there keeps what it has. */
  handle: string | undefined;
  /** Of the account, if it is a new one. */
  userId: UserId;
  createdAtMs: number;
}

/** The accounts that apps bring. They have no password, and are accounts like all others beside that. */
export interface AppUserStore {
  /**
   * Makes the account of an external id, or changes the one there is; of several at once one makes it. Rejects with `rejected`
   * (`handle-taken`) when another account has the handle.
   */
  putAppUser(change: AppUserChange): Promise<AppUser & { isNew: boolean }>;
  appUser(externalId: string): Promise<AppUser | undefined>;
  /** By external id, in the order of its bytes. */
  appUsers(afterExternalId: string, limit: number): Promise<AppUser[]>;
}
