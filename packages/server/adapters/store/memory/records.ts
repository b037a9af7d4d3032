import {
  type OwnedRecord,
  type PlacedRecord,
  RECORDS_MAX,
  type RecordChange,
  type RecordQuery,
  StoreError,
} from '@hongyan/core/ports';
import { isLaterVersion, type UserEvent, type UserId } from '@hongyan/protocol';
import { addUserEvent, getOrAdd, type MemoryState } from './state.ts';

export function set(state: MemoryState, { userId, timeMs, ...record }: RecordChange): UserEvent | undefined {
  const records = getOrAdd(state.records, userId, () => new Map<string, PlacedRecord>());
  const known = records.get(record.key);
  if (!isLaterVersion(record, known?.record)) return undefined;
  if (known === undefined && records.size >= RECORDS_MAX) throw new StoreError('rejected', 'too-many-records');
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
