import { type DeviceRecord, type RefreshState, StoreError, type UserRecord } from '@hongyan/core/ports';
import type { DeviceId, UserEvent, UserId } from '@hongyan/protocol';
import { fold } from '../fold.ts';
import { addUserEvent, type MemoryState } from './state.ts';

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

export function updateProfile(
  state: MemoryState,
  userId: UserId,
  { displayName, statusLine }: { displayName: string; statusLine: string },
): void {
  const user = state.users.get(userId);
  if (user === undefined) throw new StoreError('rejected', 'user-not-found');
  state.users.set(userId, { ...user, displayName, statusLine });
}

export function findUsers(state: MemoryState, text: string, limit: number): UserRecord[] {
  const sought = fold(text);
  const byHandle = [...state.users.values()].sort((a, b) => (fold(a.handle) < fold(b.handle) ? -1 : 1));
  const handleMatches = byHandle.filter((user) => fold(user.handle).includes(sought));
  const nameMatches = byHandle.filter(
    (user) => !fold(user.handle).includes(sought) && fold(user.displayName).includes(sought),
  );
  return [...handleMatches, ...nameMatches].slice(0, Math.max(limit, 0));
}

export function createDevice(state: MemoryState, device: DeviceRecord): UserEvent {
  const { deviceId, userId, name, createdAtMs } = device;
  const existing = state.devices.get(deviceId);
  if (existing !== undefined && existing.userId !== userId) throw new StoreError('rejected', 'device-taken');
  const added = state.userEvents
    .get(userId)
    ?.find(({ event }) => event?.case === 'deviceAdded' && event.value.deviceId === deviceId);
  if (existing !== undefined && added !== undefined) return added;
  state.devices.set(deviceId, { ...device });
  return addUserEvent(state, userId, createdAtMs, { case: 'deviceAdded', value: { deviceId, name } });
}

export function devicesOf(state: MemoryState, userId: UserId): DeviceRecord[] {
  return [...state.devices.values()]
    .filter((device) => device.userId === userId)
    .sort((a, b) => a.createdAtMs - b.createdAtMs || (a.deviceId < b.deviceId ? -1 : 1));
}

export function rotateRefresh(
  state: MemoryState,
  deviceId: DeviceId,
  expected: RefreshState,
  { refreshHash, previousRefreshHash }: RefreshState,
): boolean {
  const holds = (device: DeviceRecord, refresh: RefreshState) =>
    device.refreshHash === refresh.refreshHash && device.previousRefreshHash === refresh.previousRefreshHash;
  const device = state.devices.get(deviceId);
  if (device === undefined) return false;
  if (!holds(device, expected)) return holds(device, { refreshHash, previousRefreshHash });
  state.devices.set(deviceId, { ...device, refreshHash, previousRefreshHash });
  return true;
}

export function deleteDevice(state: MemoryState, deviceId: DeviceId): void {
  for (const positions of state.positions.values()) positions.delete(deviceId);
  state.devices.delete(deviceId);
}
