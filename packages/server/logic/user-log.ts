import type { Store } from '@hongyan/core';
import { encodePush, type Limits, type UserEvent, type UserId } from '@hongyan/protocol';
import { PAGE_BYTES_MAX } from './page.ts';
import type { SyncTarget } from './sync.ts';

/** A device further behind in the user log than this is given the records that changed, and not the events. */
const USER_EVENTS_MAX = 1_000;
/** Records in one push; their keys are short beside what a frame may have. */
const RECORDS_PAGE = 1_000;
/** Past this many bytes of records the device fetches the rest, at its own pace. */
const SYNC_RECORD_BYTES_MAX = 512 * 1024;
/** What a record or event costs beside its key and value. */
const OVERHEAD_BYTES = 24;

/**
 * Brings a device from `heldSeq` towards `lastSeq` in the user log (SYN-5, REC-5), and answers how far: that is what Synced
 * may say. When that is not all of it, the newest event comes too, so that the device notices the gap and fetches the rest.
 */
export async function pushUserLog(
  { store, limits }: { store: Store; limits: Limits },
  userId: UserId,
  [heldSeq, lastSeq]: readonly [number, number],
  target: SyncTarget,
): Promise<number> {
  const isFarBehind = heldSeq === 0 || lastSeq - heldSeq > USER_EVENTS_MAX;
  const coveredSeq = isFarBehind
    ? await pushRecords(store, userId, [heldSeq, lastSeq], target)
    : await pushEvents(store, limits, userId, [heldSeq, lastSeq], target);
  if (coveredSeq < lastSeq) {
    for (const event of await store.userLog.read({ userId, afterSeq: lastSeq - 1, limit: 1 })) {
      target.push(encodePush({ case: 'userEvent', value: event }));
    }
  }
  return coveredSeq;
}

/** The first ones whose records have `PAGE_BYTES_MAX` together, but at least one. */
export function fittingEvents(events: readonly UserEvent[]): UserEvent[] {
  let bytes = 0;
  const past = events.findIndex((event, at) => {
    bytes += eventBytes(event);
    return at > 0 && bytes > PAGE_BYTES_MAX;
  });
  return events.slice(0, past === -1 ? events.length : past);
}

async function pushRecords(
  store: Store,
  userId: UserId,
  [heldSeq, lastSeq]: readonly [number, number],
  target: SyncTarget,
): Promise<number> {
  let afterSeq = heldSeq;
  let bytes = 0;
  while (!target.ended()) {
    const page = await store.records.changedSince({ userId, afterSeq, limit: RECORDS_PAGE, bytesMax: PAGE_BYTES_MAX });
    const last = page.at(-1);
    if (last === undefined) return lastSeq;
    target.push(encodePush({ case: 'records', value: { records: page.map(({ record }) => record) } }));
    afterSeq = last.seq;
    for (const { record } of page) bytes += record.key.length + record.value.length + OVERHEAD_BYTES;
    if (bytes > SYNC_RECORD_BYTES_MAX) return Math.min(afterSeq, lastSeq);
  }
  return Math.min(afterSeq, lastSeq);
}

async function pushEvents(
  store: Store,
  limits: Limits,
  userId: UserId,
  [heldSeq, lastSeq]: readonly [number, number],
  target: SyncTarget,
): Promise<number> {
  let bytes = 0;
  for (let afterSeq = heldSeq; afterSeq < lastSeq && !target.ended(); ) {
    const events = await store.userLog.read({ userId, afterSeq, limit: limits.pageEntriesMax });
    for (const event of events) {
      target.push(encodePush({ case: 'userEvent', value: event }));
      afterSeq = event.seq;
      bytes += eventBytes(event);
      if (bytes > SYNC_RECORD_BYTES_MAX) return Math.min(afterSeq, lastSeq);
    }
    if (events.length === 0) break;
  }
  return lastSeq;
}

function eventBytes({ event }: UserEvent): number {
  if (event?.case !== 'recordChanged') return OVERHEAD_BYTES;
  return event.value.key.length + event.value.value.length + OVERHEAD_BYTES;
}
