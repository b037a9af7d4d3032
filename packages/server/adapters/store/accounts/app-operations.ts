import {
  API_KEYS_MAX,
  type ApiKeyRecord,
  type ApiKeyScope,
  type AppUser,
  type AppUserChange,
  type Sighting,
  StoreError,
  type UserRecord,
} from '@hongyan/core/ports';
import { fold } from '../fold.ts';
import * as queries from './app-queries.ts';
import { inOrder } from './device-operations.ts';
import { createUser, type Operation, updateProfile, userByHandle } from './operations.ts';
import { ask } from './query.ts';

export function* createApiKey({ scopes, ...key }: ApiKeyRecord): Operation<undefined> {
  const kept = yield* ask(queries.apiKeys, { limit: API_KEYS_MAX });
  if (kept.some(({ keyId }) => keyId === key.keyId)) return undefined;
  if (kept.length >= API_KEYS_MAX) throw new StoreError('rejected', 'too-many-api-keys');
  yield* ask(queries.insertApiKey, { ...key, scopes: scopes.join(',') });
  return undefined;
}

export function* apiKeyByHash(keyHash: string): Operation<ApiKeyRecord | undefined> {
  return (yield* ask(queries.apiKeyByHash, { keyHash })).map(apiKeyOf)[0];
}

export function* apiKeys(): Operation<ApiKeyRecord[]> {
  return (yield* ask(queries.apiKeys, { limit: API_KEYS_MAX })).map(apiKeyOf);
}

export function* deleteApiKey(keyId: string): Operation<boolean> {
  return (yield* ask(queries.deleteApiKey, { keyId })).length > 0;
}

export function* seeApiKeys(sightings: readonly Sighting[]): Operation<undefined> {
  for (const { id, seenAtMs } of inOrder(sightings)) yield* ask(queries.seeApiKey, { id, seenAtMs });
  return undefined;
}

export function* appUser(externalId: string): Operation<AppUser | undefined> {
  return (yield* ask(queries.appUser, { externalId })).map(appUserOf)[0];
}

export function* appUsers(after: string, limit: number): Operation<AppUser[]> {
  return (yield* ask(queries.appUsers, { after, limit: Math.max(limit, 0) })).map(appUserOf);
}

export function* putAppUser(change: AppUserChange): Operation<AppUser & { isNew: boolean }> {
  const { externalId, displayName, userId, createdAtMs, handle = userId } = change;
  const known = yield* appUser(externalId);
  if (known !== undefined) return yield* changeAppUser(known, change);
  // Either may be the work of another node that brings the same user, and has just done so.
  const isFree = yield* isFreeFor(handle, userId);
  if (!isFree || (yield* ask(queries.insertAppUser, { externalId, userId })).length === 0) {
    const winner = yield* appUser(externalId);
    if (winner === undefined) throw new StoreError('rejected', 'handle-taken');
    return yield* changeAppUser(winner, change);
  }
  const user: UserRecord = { userId, handle, displayName, statusLine: '', passwordHash: '', createdAtMs };
  yield* createUser(user);
  return { externalId, user, isNew: true };
}

function* changeAppUser(
  { externalId, user: { userId, ...before } }: AppUser,
  { displayName, handle = before.handle }: AppUserChange,
): Operation<AppUser & { isNew: boolean }> {
  if (handle !== before.handle) {
    if (!(yield* isFreeFor(handle, userId))) throw new StoreError('rejected', 'handle-taken');
    yield* ask(queries.changeHandle, { userId, handle, handleFolded: fold(handle) });
  }
  const user = yield* updateProfile(userId, { displayName });
  if (user === undefined) throw new TypeError('an external id has no account');
  return { externalId, user, isNew: false };
}

function* isFreeFor(handle: string, userId: string): Operation<boolean> {
  const holder = yield* userByHandle(handle);
  return holder === undefined || holder.userId === userId;
}

const apiKeyOf = ({ scopes, ...key }: queries.ApiKeyRow): ApiKeyRecord => ({
  ...key,
  scopes: scopes.split(',') as ApiKeyScope[],
});

const appUserOf = ({ externalId, ...user }: UserRecord & { externalId: string }): AppUser => ({ externalId, user });
