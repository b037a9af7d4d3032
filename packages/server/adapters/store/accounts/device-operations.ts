import {
  type DeviceEnd,
  type DeviceRecord,
  ENDED_DEVICES_MAX,
  type EndedDevice,
  type RefreshState,
  type Sighting,
  StoreError,
} from '@hongyan/core/ports';
import type { DeviceId, UserEvent, UserId } from '@hongyan/protocol';
import * as queries from './device-queries.ts';
import type { Operation } from './operations.ts';
import { ask } from './query.ts';

export function* deviceById(deviceId: DeviceId): Operation<DeviceRecord | undefined> {
  return (yield* ask(queries.deviceById, { deviceId }))[0];
}

export function* devicesOf(userId: UserId): Operation<DeviceRecord[]> {
  return yield* ask(queries.devicesOf, { userId });
}

export function* createDevice(device: DeviceRecord): Operation<UserEvent> {
  const { deviceId, userId, name, createdAtMs } = device;
  const [owner] = yield* ask(queries.deviceOwner, { deviceId });
  if (owner !== undefined && owner.userId !== userId) throw new StoreError('rejected', 'device-taken');
  if (owner !== undefined) return only(yield { kind: 'read-event', userId, seq: owner.addedSeq });
  const added = { case: 'deviceAdded', value: { deviceId, name } } as const;
  const event = only(yield { kind: 'add-event', userId, timeMs: createdAtMs, event: added });
  yield* ask(queries.insertDevice, { ...device, addedSeq: event.seq });
  return event;
}

export function* rotateRefresh(deviceId: DeviceId, expected: RefreshState, next: RefreshState): Operation<boolean> {
  const replaced = yield* ask(queries.replaceRefresh, {
    deviceId,
    ...next,
    expectedHash: expected.refreshHash,
    expectedPreviousHash: expected.previousRefreshHash,
  });
  if (replaced.length > 0) return true;
  const [stored] = yield* ask(queries.refreshOf, { deviceId });
  return stored?.refreshHash === next.refreshHash && stored.previousRefreshHash === next.previousRefreshHash;
}

export function* renameDevice(deviceId: DeviceId, name: string, timeMs: number): Operation<UserEvent | undefined> {
  const [owner] = yield* ask(queries.deviceOwner, { deviceId });
  if (owner === undefined) return undefined;
  const { userId } = owner;
  yield { kind: 'lock-user-log', userId };
  if ((yield* ask(queries.renameDevice, { deviceId, name })).length === 0) return undefined;
  const renamed = { case: 'deviceRenamed', value: { deviceId, name } } as const;
  return only(yield { kind: 'add-event', userId, timeMs, event: renamed });
}

export function* seeDevices(sightings: readonly Sighting[]): Operation<undefined> {
  for (const { id, seenAtMs } of inOrder(sightings)) yield* ask(queries.seeDevice, { id, seenAtMs });
  return undefined;
}

export function* deleteDevice(deviceId: DeviceId, end: DeviceEnd, timeMs: number): Operation<UserEvent | undefined> {
  const [owner] = yield* ask(queries.deviceOwner, { deviceId });
  if (owner === undefined) return yield* removalOf(deviceId);
  const { userId } = owner;
  yield { kind: 'delete-positions', deviceId };
  yield { kind: 'lock-user-log', userId };
  const [tokens] = yield* ask(queries.deleteDevice, { deviceId });
  // Another node was faster.
  if (tokens === undefined) return yield* removalOf(deviceId);
  const removed = { case: 'deviceRemoved', value: { deviceId } } as const;
  const event = only(yield { kind: 'add-event', userId, timeMs, event: removed });
  yield* ask(queries.insertEnded, { deviceId, userId, ...end, ...tokens, removedSeq: event.seq });
  yield* ask(queries.trimEnded, { userId, kept: ENDED_DEVICES_MAX });
  return event;
}

export function* endedDevice(deviceId: DeviceId): Operation<EndedDevice | undefined> {
  const [found] = yield* ask(queries.endedDevice, { deviceId });
  if (found === undefined) return undefined;
  const { removedSeq: _, ...ended } = found;
  return ended;
}

/** Rows are locked in the order of their ids. */
export const inOrder = (sightings: readonly Sighting[]): Sighting[] =>
  sightings.toSorted((a, b) => (a.id < b.id ? -1 : 1));

function* removalOf(deviceId: DeviceId): Operation<UserEvent | undefined> {
  const [ended] = yield* ask(queries.endedDevice, { deviceId });
  if (ended === undefined) return undefined;
  return only(yield { kind: 'read-event', userId: ended.userId, seq: ended.removedSeq });
}

function only(rows: object[]): UserEvent {
  const [event] = rows as UserEvent[];
  if (event === undefined) throw new TypeError('a user event is not where its device says');
  return event;
}
