import {
  MIRRORED_MAX,
  type Mirror,
  type OwnedRecord,
  type PlacedRecord,
  RECORDS_MAX,
  type RecordChange,
  type RecordQuery,
  StoreError,
} from '@hongyan/core/ports';
import { isLaterVersion, type RecordVersion, type UserEvent, type UserId } from '@hongyan/protocol';
import { addUserEvent, getOrAdd, type MemoryState } from './state.ts';

export function set(state: MemoryState, change: RecordChange): UserEvent | undefined {
  return keep(state, change, RECORDS_MAX);
}

export function setMirrored(
  state: MemoryState,
  change: RecordChange,
  mirrors: readonly Mirror[],
): { userId: UserId; event: UserEvent }[] {
  for (const mirror of mirrors) checkRoom(state, mirror, MIRRORED_MAX);
  const own = keep(state, change, RECORDS_MAX);
  if (own === undefined) return [];
  const others = mirrors.flatMap((mirror) => {
    const event = keep(state, { ...change, ...mirror }, MIRRORED_MAX);
    return event === undefined ? [] : [{ userId: mirror.userId, event }];
  });
  return [{ userId: change.userId, event: own }, ...others];
}

export function values(state: MemoryState, userId: UserId, keys: readonly string[]): (RecordVersion | undefined)[] {
  return keys.map((key) => {
    const record = state.records.get(userId)?.get(key)?.record;
    return record && { changedAtMs: record.changedAtMs, value: record.value };
  });
}

function checkRoom(state: MemoryState, { userId, key }: Mirror, recordsMax: number): void {
  const records = state.records.get(userId);
  if (records?.has(key) || (records?.size ?? 0) < recordsMax) return;
  throw new StoreError('rejected', 'too-many-records');
}

function keep(state: MemoryState, change: RecordChange, recordsMax: number): UserEvent | undefined {
  const { userId, timeMs, ...record } = change;
  const records = getOrAdd(state.records, userId, () => new Map<string, PlacedRecord>());
  if (!isLaterVersion(record, records.get(record.key)?.record)) return undefined;
  checkRoom(state, change, recordsMax);
  const event = addUserEvent(state, userId, timeMs, { case: 'recordChanged', value: record });
  records.set(record.key, { seq: event.seq, record });
  return event;
}

export function changedSince(state: MemoryState, { userId, afterSeq, limit, bytesMax }: RecordQuery): PlacedRecord[] {
  const changed = [...(state.records.get(userId)?.values() ?? [])]
    .filter(({ seq }) => seq > afterSeq)
    .sort((a, b) => a.seq - b.seq)
    .slice(0, Math.max(limit, 0));
  let bytes = 0;
  const past = changed.findIndex(({ record }, at) => {
    bytes += record.value.length;
    return at > 0 && bytes > bytesMax;
  });
  return changed.slice(0, past === -1 ? changed.length : past);
}

export function under(state: MemoryState, keys: readonly string[], userIds: readonly UserId[]): OwnedRecord[] {
  return [...new Set(userIds)].flatMap((userId) =>
    keys.flatMap((key) => {
      const placed = state.records.get(userId)?.get(key);
      return placed === undefined ? [] : [{ userId, record: placed.record }];
    }),
  );
}

/** The event as it is read: of a record it tells the present value. */
export function asItIsNow(state: MemoryState, userId: UserId, stored: UserEvent): UserEvent {
  if (stored.event?.case !== 'recordChanged') return stored;
  const value = state.records.get(userId)?.get(stored.event.value.key)?.record ?? stored.event.value;
  return { ...stored, event: { case: 'recordChanged', value } };
}
