import { createHash } from 'node:crypto';
import type { Clock, Random } from '@hongyan/core/ports';
import { API_KEY_SCOPES, type ApiKeyRecord, type ApiKeyScope, type ApiKeyStore } from '@hongyan/core/ports';
import { ID_LENGTH, idFromBytes } from '@hongyan/protocol';

const SECRET_BYTES = 32;
const MADE_HERE = /^hyk_[\w-]{43}$/;
/** Far above any key; longer ones are not worth a look. */
const LENGTH_MAX = 256;

/** Keys are random or long, so that a plain hash tells nothing of them. */
export const hashApiKey = (key: string): string => createHash('sha256').update(key).digest('base64url');

export interface ApiKeysParts {
  accounts: ApiKeyStore;
  clock: Clock;
  random: Random;
  /** Of the key that the process was given; undefined: it was given none. */
  givenKeyHash?: string | undefined;
  onUsed?: (keyId: string) => void;
}

/** The keys that backends of apps call with. Rejects with StoreError. */
export interface ApiKeys {
  /** Whose key it is; undefined: nobody's. Revoking counts at once, as the store is asked each time. */
  authenticate(key: string): Promise<ApiKeyRecord | undefined>;
  /** `key` is never to be had again. Rejects with `rejected` (`too-many-api-keys`). */
  create(named: { name: string; scopes: readonly ApiKeyScope[] }): Promise<{ record: ApiKeyRecord; key: string }>;
  list(): Promise<ApiKeyRecord[]>;
  /** Whether it was there. */
  revoke(keyId: string): Promise<boolean>;
}

export function createApiKeys({ accounts, clock, random, givenKeyHash, onUsed }: ApiKeysParts): ApiKeys {
  const given: ApiKeyRecord = {
    keyId: 'given',
    name: 'given to the process',
    keyHash: givenKeyHash ?? '',
    scopes: API_KEY_SCOPES,
    createdAtMs: 0,
    lastUsedAtMs: 0,
  };
  return {
    async authenticate(key) {
      if (key.length > LENGTH_MAX) return undefined;
      const keyHash = hashApiKey(key);
      if (givenKeyHash === keyHash) return given;
      if (!MADE_HERE.test(key)) return undefined;
      const record = await accounts.apiKeyByHash(keyHash);
      if (record !== undefined) onUsed?.(record.keyId);
      return record;
    },
    async create({ name, scopes }) {
      const key = `hyk_${Buffer.from(random.bytes(SECRET_BYTES)).toString('base64url')}`;
      const keyId = idFromBytes('k', random.bytes(ID_LENGTH));
      const times = { createdAtMs: clock.now(), lastUsedAtMs: 0 };
      const record: ApiKeyRecord = { keyId, name, keyHash: hashApiKey(key), scopes, ...times };
      await accounts.createApiKey(record);
      return { record, key };
    },
    list: () => accounts.apiKeys(),
    revoke: (keyId) => accounts.deleteApiKey(keyId),
  };
}
