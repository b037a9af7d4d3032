import type { LastSeen, OwnedRecord, PlacedRecord, RecordQuery } from '@hongyan/core/ports';
import type { UserEvent, UserId } from '@hongyan/protocol';
import { decodeUserEvent } from '../../user-event-bytes.ts';
import { texts } from '../wire/arrays.ts';
import { bytes, integer, text } from '../wire/columns.ts';
import { type Call, call, type Row, type Statement } from '../wire/statement.ts';
import { atLeastZero } from './bounds.ts';
import { findRecords } from './records.ts';

/** Events with the records they tell of as those are now. */
export const userEventsAfter: Statement = {
  name: 'user_events_after',
  text: `SELECT e.seq, e.event, r.record_key, r.changed_at_ms, r.value FROM (
      SELECT user_id, seq, event, record_key FROM user_events
      WHERE user_id = $1 AND seq > $2::bigint ORDER BY seq LIMIT $3::bigint
    ) AS e
    LEFT JOIN account_records r ON e.record_key <> '' AND r.user_id = e.user_id AND r.record_key = e.record_key
    ORDER BY e.seq`,
};

export const userLastSeq: Statement = {
  name: 'user_last_seq',
  text: 'SELECT last_seq FROM user_logs WHERE user_id = $1',
};

/** Weighs values before it fetches them, as a page of entries does. */
export const recordsAfter: Statement = {
  name: 'records_after',
  text: `SELECT seq, record_key, changed_at_ms, value FROM (
      SELECT *, sum(octet_length(value)) OVER preceding AS byte_count, row_number() OVER preceding AS place FROM (
        SELECT seq, record_key, changed_at_ms, value FROM account_records
        WHERE user_id = $1 AND seq > $2::bigint ORDER BY seq LIMIT $3::bigint
      ) AS page WINDOW preceding AS (ORDER BY seq ROWS UNBOUNDED PRECEDING)
    ) AS weighed WHERE place = 1 OR byte_count <= $4::bigint ORDER BY seq`,
};

export const lastSeenOf: Statement = {
  name: 'last_seen_of',
  text: 'SELECT user_id, seen_ms FROM last_seen WHERE user_id = ANY ($1::text[])',
};

export function recordsUnderCall(keys: readonly string[], userIds: readonly UserId[]): Call {
  const places = [...new Set(userIds)].flatMap((userId) => keys.map((key) => ({ userId, key })));
  return call(findRecords, texts(places.map(({ userId }) => userId)), texts(places.map(({ key }) => key)));
}

export const userEventsCall = (query: { userId: UserId; afterSeq: number; limit: number }): Call =>
  call(userEventsAfter, query.userId, String(query.afterSeq), atLeastZero(query.limit));

export const recordsCall = ({ userId, afterSeq, limit, bytesMax }: RecordQuery): Call =>
  call(recordsAfter, userId, String(afterSeq), atLeastZero(limit), String(bytesMax));

export function userEventOf(row: Row): UserEvent {
  const stored = decodeUserEvent(bytes(row, 1));
  const seq = integer(row, 0);
  if (row[2] === null) return { ...stored, seq };
  const record = { key: text(row, 2), changedAtMs: integer(row, 3), value: bytes(row, 4) };
  return { ...stored, seq, event: { case: 'recordChanged', value: record } };
}

export const ownedRecordOf = (row: Row): OwnedRecord => ({
  userId: text(row, 0),
  record: { key: text(row, 1), changedAtMs: integer(row, 2), value: bytes(row, 3) },
});

export const lastSeenFrom = (row: Row): LastSeen => ({ userId: text(row, 0), seenMs: integer(row, 1) });

export const recordOf = (row: Row): PlacedRecord => ({
  seq: integer(row, 0),
  record: { key: text(row, 1), changedAtMs: integer(row, 2), value: bytes(row, 3) },
});
