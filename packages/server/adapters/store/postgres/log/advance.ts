import type { CursorBatch, LastSeen } from '@hongyan/core/ports';
import type { UserEvent, UserId } from '@hongyan/protocol';
import { integers, texts } from '../wire/arrays.ts';
import { integer, text } from '../wire/columns.ts';
import type { Transaction } from '../wire/connection.ts';
import { call, type Row, type Statement } from '../wire/statement.ts';
import { type Read, startCalls } from './lifetime-writes.ts';
import { UserEventBatch } from './user-logs.ts';

/** Answers the cursors that moved, each with the read position it had before. */
export const mergeCursors: Statement = {
  name: 'merge_cursors',
  text: `INSERT INTO cursors AS c (conversation_id, user_id, delivered_seq, read_seq, read_seq_before)
    SELECT conversation_id, user_id, delivered_seq, read_seq, 0
    FROM unnest($1::text[], $2::text[], $3::bigint[], $4::bigint[]) AS s(conversation_id, user_id, delivered_seq, read_seq)
    ORDER BY conversation_id COLLATE "C", user_id COLLATE "C"
    ON CONFLICT (conversation_id, user_id) DO UPDATE SET
      delivered_seq = greatest(c.delivered_seq, excluded.delivered_seq),
      read_seq = greatest(c.read_seq, excluded.read_seq),
      read_seq_before = c.read_seq
    WHERE excluded.delivered_seq > c.delivered_seq OR excluded.read_seq > c.read_seq
    RETURNING conversation_id, user_id, read_seq_before`,
};

/** Positions of no device of the account are dropped. */
export const mergePositions: Statement = {
  name: 'merge_positions',
  text: `INSERT INTO device_positions AS p (conversation_id, device_id, user_id, seq)
    SELECT conversation_id, device_id, user_id, seq
    FROM unnest($1::text[], $2::text[], $3::text[], $4::bigint[]) AS s(conversation_id, device_id, user_id, seq)
    JOIN devices USING (device_id, user_id)
    ORDER BY conversation_id COLLATE "C", device_id COLLATE "C"
    ON CONFLICT (conversation_id, device_id) DO UPDATE SET seq = excluded.seq WHERE excluded.seq > p.seq`,
};

export const mergeSeen: Statement = {
  name: 'merge_seen',
  text: `INSERT INTO last_seen AS l (user_id, seen_ms)
    SELECT user_id, seen_ms FROM unnest($1::text[], $2::bigint[]) AS s(user_id, seen_ms) ORDER BY user_id COLLATE "C"
    ON CONFLICT (user_id) DO UPDATE SET seen_ms = excluded.seen_ms WHERE excluded.seen_ms > l.seen_ms`,
};

type Moved = { userId: UserId; event: UserEvent };
type StatedCursor = CursorBatch['cursors'][number];

/** Merges what several batches state by max, and adds the events of each as if one came after the other. */
export function advance(batches: readonly CursorBatch[]): Transaction<Moved[][]> {
  const cursors = greatestCursors(batches.flatMap((batch) => batch.cursors));
  const positions = greatestPositions(batches.flatMap((batch) => batch.positions));
  const seen = newest(batches.flatMap((batch) => batch.seen ?? []));
  return {
    look: [
      call(
        mergeCursors,
        texts(cursors.map(({ conversationId }) => conversationId)),
        texts(cursors.map(({ userId }) => userId)),
        integers(cursors.map(({ deliveredSeq }) => deliveredSeq)),
        integers(cursors.map(({ readSeq }) => readSeq)),
      ),
      call(
        mergePositions,
        texts(positions.map(({ conversationId }) => conversationId)),
        texts(positions.map(({ deviceId }) => deviceId)),
        texts(positions.map(({ userId }) => userId)),
        integers(positions.map(({ seq }) => seq)),
      ),
      ...(seen.length === 0 ? [] : [seenCall(seen)]),
    ],
    decide([changed = []]) {
      const events = new UserEventBatch();
      const reads: Read[] = [];
      const moved = movedBy(batches, changed, (read) => {
        reads.push(read);
        const { conversationId, readSeq } = read;
        return events.add(read.userId, read.timeMs, { case: 'readMoved', value: { conversationId, readSeq } });
      });
      const starts = startCalls(reads);
      return {
        writes: [...starts, ...events.calls()],
        answer(written) {
          events.place(written[starts.length] ?? []);
          return moved;
        },
      };
    },
  };
}

function movedBy(
  batches: readonly CursorBatch[],
  changed: readonly Row[],
  addEvent: (read: Read) => UserEvent,
): Moved[][] {
  const readSeqs = new Map(changed.map((row) => [keyOf(text(row, 0), text(row, 1)), integer(row, 2)]));
  return batches.map(({ cursors, timeMs }) =>
    cursors.flatMap(({ conversationId, userId, readSeq }) => {
      const key = keyOf(conversationId, userId);
      const afterSeq = readSeqs.get(key);
      if (afterSeq === undefined || readSeq <= afterSeq) return [];
      readSeqs.set(key, readSeq);
      return [{ userId, event: addEvent({ conversationId, userId, afterSeq, readSeq, timeMs }) }];
    }),
  );
}

function greatestCursors(stated: readonly StatedCursor[]): StatedCursor[] {
  return greatest(
    stated,
    ({ conversationId, userId }) => keyOf(conversationId, userId),
    (a, b) => ({
      ...a,
      deliveredSeq: Math.max(a.deliveredSeq, b.deliveredSeq),
      readSeq: Math.max(a.readSeq, b.readSeq),
    }),
  );
}

function greatestPositions(stated: CursorBatch['positions']): CursorBatch['positions'][number][] {
  return greatest(
    stated,
    ({ conversationId, deviceId }) => keyOf(conversationId, deviceId),
    (a, b) => (a.seq >= b.seq ? a : b),
  );
}

const newest = (seen: readonly LastSeen[]): LastSeen[] =>
  greatest(
    seen,
    ({ userId }) => userId,
    (a, b) => (a.seenMs >= b.seenMs ? a : b),
  );

const seenCall = (seen: readonly LastSeen[]) =>
  call(mergeSeen, texts(seen.map(({ userId }) => userId)), integers(seen.map(({ seenMs }) => seenMs)));

/** One of each key: a statement may meet a row once only. */
function greatest<T>(stated: readonly T[], keyOf: (one: T) => string, merge: (a: T, b: T) => T): T[] {
  const merged = new Map<string, T>();
  for (const one of stated) {
    const known = merged.get(keyOf(one));
    merged.set(keyOf(one), known === undefined ? one : merge(known, one));
  }
  return [...merged.values()];
}

const keyOf = (conversationId: string, id: string): string => `${conversationId}\n${id}`;
