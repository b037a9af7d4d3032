import {
  type DeviceEnd,
  type DeviceRecord,
  ENDED_DEVICES_MAX,
  type RefreshState,
  type Sighting,
  StoreError,
} from '@hongyan/core/ports';
import type { DeviceId, UserEvent, UserId } from '@hongyan/protocol';
import { addUserEvent, type MemoryState } from './state.ts';

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
  return [...state.devices.values()].filter((device) => device.userId === userId);
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

export function renameDevice(
  state: MemoryState,
  deviceId: DeviceId,
  name: string,
  timeMs: number,
): UserEvent | undefined {
  const device = state.devices.get(deviceId);
  if (device === undefined || device.name === name) return undefined;
  state.devices.set(deviceId, { ...device, name });
  return addUserEvent(state, device.userId, timeMs, { case: 'deviceRenamed', value: { deviceId, name } });
}

export function seeDevices(state: MemoryState, sightings: readonly Sighting[]): void {
  for (const { id, seenAtMs } of sightings) {
    const device = state.devices.get(id);
    if (device !== undefined && device.lastSeenAtMs < seenAtMs) {
      state.devices.set(id, { ...device, lastSeenAtMs: seenAtMs });
    }
  }
}

export function deleteDevice(
  state: MemoryState,
  deviceId: DeviceId,
  { reason, byName }: DeviceEnd,
  timeMs: number,
): UserEvent | undefined {
  const device = state.devices.get(deviceId);
  if (device === undefined) return state.endedDevices.get(deviceId)?.event;
  for (const positions of state.positions.values()) positions.delete(deviceId);
  state.devices.delete(deviceId);
  const { userId, refreshHash, previousRefreshHash } = device;
  const event = addUserEvent(state, userId, timeMs, { case: 'deviceRemoved', value: { deviceId } });
  state.endedDevices.delete(deviceId);
  const ended = { deviceId, userId, reason, byName, refreshHash, previousRefreshHash };
  state.endedDevices.set(deviceId, { ended, event });
  const ofUser = [...state.endedDevices.values()].filter((other) => other.ended.userId === userId);
  for (const { ended } of ofUser.slice(0, -ENDED_DEVICES_MAX)) state.endedDevices.delete(ended.deviceId);
  return event;
}
