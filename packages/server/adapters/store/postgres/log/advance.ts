import type { CursorBatch } from '@hongyan/core/ports';
import type { UserEvent, UserId } from '@hongyan/protocol';
import { integers, texts } from '../wire/arrays.ts';
import { integer, text } from '../wire/columns.ts';
import type { Transaction } from '../wire/connection.ts';
import { type Call, call, type Row, type Statement } from '../wire/statement.ts';
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

/** The lifetimes that count from reading do so from when somebody else passed the message, the first one to do so. */
export const startLifetimes: Statement = {
  name: 'start_lifetimes',
  text: `WITH passed AS MATERIALIZED (
      SELECT DISTINCT ON (l.conversation_id, l.seq) l.conversation_id, l.seq, r.time_ms
      FROM unnest($1::text[], $2::text[], $3::bigint[], $4::bigint[], $5::bigint[])
        WITH ORDINALITY AS r(conversation_id, user_id, after_seq, read_seq, time_ms, place)
      JOIN lifetimes l ON l.conversation_id = r.conversation_id AND l.seq > r.after_seq AND l.seq <= r.read_seq
      WHERE l.due_at_ms = 0 AND l.sender_id <> r.user_id ORDER BY l.conversation_id, l.seq, r.place
    ), locked AS MATERIALIZED (
      SELECT l.conversation_id, l.seq, p.time_ms + l.lifetime_ms AS due_at_ms
      FROM passed p JOIN lifetimes l ON l.conversation_id = p.conversation_id AND l.seq = p.seq
      ORDER BY l.conversation_id, l.seq FOR UPDATE OF l
    )
    UPDATE lifetimes l SET due_at_ms = k.due_at_ms FROM locked k
    WHERE l.conversation_id = k.conversation_id AND l.seq = k.seq AND l.due_at_ms = 0`,
};

type Moved = { userId: UserId; event: UserEvent };
type StatedCursor = CursorBatch['cursors'][number];

/** Merges what several batches state by max, and adds the events of each as if one came after the other. */
export function advance(batches: readonly CursorBatch[]): Transaction<Moved[][]> {
  const cursors = greatestCursors(batches.flatMap((batch) => batch.cursors));
  const positions = greatestPositions(batches.flatMap((batch) => batch.positions));
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
    ],
    decide([changed = []]) {
      const events = new UserEventBatch();
      const reads: Read[] = [];
      const moved = movedBy(batches, changed, (read) => {
        reads.push(read);
        const { conversationId, readSeq } = read;
        return events.add(read.userId, read.timeMs, { case: 'readMoved', value: { conversationId, readSeq } });
      });
      const starts = startsOf(reads);
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

/** The read position of an account that has moved on. */
interface Read {
  conversationId: string;
  userId: UserId;
  afterSeq: number;
  readSeq: number;
  timeMs: number;
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

function startsOf(reads: readonly Read[]): Call[] {
  if (reads.length === 0) return [];
  return [
    call(
      startLifetimes,
      texts(reads.map(({ conversationId }) => conversationId)),
      texts(reads.map(({ userId }) => userId)),
      integers(reads.map(({ afterSeq }) => afterSeq)),
      integers(reads.map(({ readSeq }) => readSeq)),
      integers(reads.map(({ timeMs }) => timeMs)),
    ),
  ];
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
