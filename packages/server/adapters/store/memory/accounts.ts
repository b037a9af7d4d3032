import { type LastSeen, type ProfileChange, StoreError, type UserRecord } from '@hongyan/core/ports';
import type { UserId } from '@hongyan/protocol';
import { fold } from '../fold.ts';
import type { MemoryState } from './state.ts';

export function createUser(state: MemoryState, user: UserRecord): void {
  const holder = userByHandle(state, user.handle) ?? state.users.get(user.userId);
  if (holder === undefined) state.users.set(user.userId, { ...user });
  else if (holder.userId !== user.userId || fold(holder.handle) !== fold(user.handle)) {
    throw new StoreError('rejected', 'handle-taken');
  }
}

export function userByHandle(state: MemoryState, handle: string): UserRecord | undefined {
  return [...state.users.values()].find((user) => fold(user.handle) === fold(handle));
}

export function usersById(state: MemoryState, userIds: readonly UserId[]): UserRecord[] {
  return [...new Set(userIds)].flatMap((userId) => state.users.get(userId) ?? []);
}

export function lastSeen(state: MemoryState, userIds: readonly UserId[]): LastSeen[] {
  return [...new Set(userIds)].flatMap((userId) => {
    const seenMs = state.seenMs.get(userId);
    return seenMs === undefined ? [] : [{ userId, seenMs }];
  });
}

export function updateProfile(state: MemoryState, userId: UserId, change: ProfileChange): UserRecord | undefined {
  const user = state.users.get(userId);
  if (user === undefined) return undefined;
  const { displayName = user.displayName, statusLine = user.statusLine } = change;
  const changed = { ...user, displayName, statusLine };
  state.users.set(userId, changed);
  return changed;
}

export function findUsers(state: MemoryState, text: string, limit: number): UserRecord[] {
  const sought = fold(text);
  const byHandle = [...state.users.values()].sort((a, b) => (fold(a.handle) < fold(b.handle) ? -1 : 1));
  const rank = ({ handle, displayName }: UserRecord) => {
    if (fold(handle).startsWith(sought)) return 'handle-begins';
    if (fold(handle).includes(sought)) return 'handle-contains';
    return fold(displayName).includes(sought) ? 'name-contains' : 'none';
  };
  const ranked = Map.groupBy(byHandle, rank);
  return (['handle-begins', 'handle-contains', 'name-contains'] as const)
    .flatMap((found) => ranked.get(found) ?? [])
    .slice(0, Math.max(limit, 0));
}

export function setPassword(state: MemoryState, userId: UserId, expectedHash: string, passwordHash: string): boolean {
  const user = state.users.get(userId);
  if (user === undefined || ![expectedHash, passwordHash].includes(user.passwordHash)) return false;
  state.users.set(userId, { ...user, passwordHash });
  return true;
}
