import {
  API_KEYS_MAX,
  type ApiKeyRecord,
  type AppUser,
  type AppUserChange,
  type Sighting,
  StoreError,
} from '@hongyan/core/ports';
import { updateProfile, userByHandle } from './accounts.ts';
import type { MemoryState } from './state.ts';

export function createApiKey({ apiKeys }: MemoryState, key: ApiKeyRecord): void {
  if (apiKeys.has(key.keyId)) return;
  if (apiKeys.size >= API_KEYS_MAX) throw new StoreError('rejected', 'too-many-api-keys');
  apiKeys.set(key.keyId, { ...key });
}

export function apiKeyByHash({ apiKeys }: MemoryState, keyHash: string): ApiKeyRecord | undefined {
  return [...apiKeys.values()].find((key) => key.keyHash === keyHash);
}

export function listApiKeys({ apiKeys }: MemoryState): ApiKeyRecord[] {
  return [...apiKeys.values()].sort((a, b) => a.createdAtMs - b.createdAtMs || (a.keyId < b.keyId ? -1 : 1));
}

export function seeApiKeys({ apiKeys }: MemoryState, sightings: readonly Sighting[]): void {
  for (const { id, seenAtMs } of sightings) {
    const key = apiKeys.get(id);
    if (key !== undefined && key.lastUsedAtMs < seenAtMs) apiKeys.set(id, { ...key, lastUsedAtMs: seenAtMs });
  }
}

export function appUser(state: MemoryState, externalId: string): AppUser | undefined {
  const user = state.users.get(state.appUsers.get(externalId) ?? '');
  return user && { externalId, user };
}

export function appUsers(state: MemoryState, afterExternalId: string, limit: number): AppUser[] {
  const following = [...state.appUsers.keys()].filter((externalId) => externalId > afterExternalId).sort();
  return following.slice(0, Math.max(limit, 0)).flatMap((externalId) => appUser(state, externalId) ?? []);
}

export function putAppUser(state: MemoryState, change: AppUserChange): AppUser & { isNew: boolean } {
  const { externalId, displayName, createdAtMs } = change;
  const known = appUser(state, externalId)?.user;
  const userId = known?.userId ?? change.userId;
  const handle = change.handle ?? known?.handle ?? userId;
  const holder = userByHandle(state, handle);
  if (holder !== undefined && holder.userId !== userId) throw new StoreError('rejected', 'handle-taken');
  state.appUsers.set(externalId, userId);
  const fresh = { userId, handle, displayName, statusLine: '', passwordHash: '', createdAtMs };
  state.users.set(userId, { ...(known ?? fresh), handle });
  const user = updateProfile(state, userId, { displayName }) ?? fresh;
  return { externalId, user, isNew: known === undefined };
}
