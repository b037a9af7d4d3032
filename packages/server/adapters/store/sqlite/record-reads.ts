import type { PlacedRecord } from '@hongyan/core/ports';
import type { UserEvent } from '@hongyan/protocol';
import type { Database } from 'better-sqlite3';
import { decodeUserEvent } from '../user-event-bytes.ts';
import type { Handlers, ReadCalls } from './calls.ts';

interface RecordRow {
  seq: number;
  key: string;
  changedAtMs: number;
  value: Uint8Array;
}

const COLUMNS = 'seq, record_key AS key, changed_at_ms AS changedAtMs, value';

/** Account records, and the user log, whose events tell of a record as it is now. */
export function createRecordReads(
  database: Database,
): Handlers<Pick<ReadCalls, 'recordsSince' | 'recordValues' | 'recordsUnder' | 'userEvents'>> {
  const since = database.prepare<[string, number, number], RecordRow>(
    `SELECT ${COLUMNS} FROM account_records WHERE user_id = ? AND seq > ? ORDER BY seq LIMIT ?`,
  );
  const find = database.prepare<[string, string], RecordRow>(
    `SELECT ${COLUMNS} FROM account_records WHERE user_id = ? AND record_key = ?`,
  );
  const events = database.prepare<[string, number, number], Uint8Array>(
    'SELECT event FROM user_events WHERE user_id = ? AND seq > ? ORDER BY seq LIMIT ?',
  );
  events.pluck();

  function asItIsNow(userId: string, stored: UserEvent): UserEvent {
    if (stored.event?.case !== 'recordChanged') return stored;
    const row = find.get(userId, stored.event.value.key);
    return row === undefined ? stored : { ...stored, event: { case: 'recordChanged', value: placed(row).record } };
  }

  return {
    recordsSince({ userId, afterSeq, limit, bytesMax }) {
      const page: PlacedRecord[] = [];
      let bytes = 0;
      for (const row of since.iterate(userId, afterSeq, Math.max(limit, 0))) {
        bytes += row.value.length;
        if (page.length > 0 && bytes > bytesMax) break;
        page.push(placed(row));
      }
      return page;
    },
    // One snapshot for all of them.
    recordValues: database.transaction(({ userId, keys }: { userId: string; keys: readonly string[] }) =>
      keys.map((key) => {
        const row = find.get(userId, key);
        return row && { changedAtMs: row.changedAtMs, value: new Uint8Array(row.value) };
      }),
    ),
    recordsUnder: ({ keys, userIds }) =>
      [...new Set(userIds)].flatMap((userId) =>
        keys.flatMap((key) => {
          const row = find.get(userId, key);
          return row === undefined ? [] : [{ userId, record: placed(row).record }];
        }),
      ),
    // One snapshot for the events and the records they tell of.
    userEvents: database.transaction(
      ({ userId, afterSeq, limit }: { userId: string; afterSeq: number; limit: number }) =>
        events.all(userId, afterSeq, Math.max(limit, 0)).map((bytes) => asItIsNow(userId, decodeUserEvent(bytes))),
    ),
  };
}

/** The value as plain bytes: a Buffer would be cloned to the other thread as what it is not. */
const placed = ({ seq, key, changedAtMs, value }: RecordRow): PlacedRecord => ({
  seq,
  record: { key, changedAtMs, value: new Uint8Array(value) },
});
