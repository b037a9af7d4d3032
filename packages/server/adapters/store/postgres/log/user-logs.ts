import type { UserEvent, UserId } from '@hongyan/protocol';
import { encodeUserEvent } from '../../user-event-bytes.ts';
import { bodies, integers, texts } from '../wire/arrays.ts';
import { integer, text } from '../wire/columns.ts';
import { type Call, call, type Row, type Statement } from '../wire/statement.ts';

/** Locks the logs in their order until the end of the transaction, and makes room; answers where each ends then. */
export const growUserLogs: Statement = {
  name: 'grow_user_logs',
  text: `INSERT INTO user_logs AS l (user_id, last_seq)
    SELECT user_id, count FROM unnest($1::text[], $2::bigint[]) AS g(user_id, count) ORDER BY user_id COLLATE "C"
    ON CONFLICT (user_id) DO UPDATE SET last_seq = l.last_seq + excluded.last_seq
    RETURNING user_id, last_seq, record_count`,
};

/** Each event's place is given from the end of its log, which `growUserLogs` has moved in the same transaction. */
export const addUserEvents: Statement = {
  name: 'add_user_events',
  text: `INSERT INTO user_events (user_id, seq, event, record_key)
    SELECT e.user_id, l.last_seq - e.followers, e.event, e.record_key
    FROM unnest($1::text[], $2::bigint[], $3::bytea[], $4::text[]) AS e(user_id, followers, event, record_key)
    JOIN user_logs l ON l.user_id = e.user_id`,
};

interface NewEvent {
  userId: UserId;
  /** Its seq is known once the logs have grown. */
  event: UserEvent;
  /** What is stored of it: a record's event keeps the key alone. */
  stored: UserEvent['event'];
  recordKey: string;
}

/** The events that a transaction adds to user logs; in each log they keep the order in which they were added here. */
export class UserEventBatch {
  readonly #events: NewEvent[] = [];

  /** The event gets its seq when `place` is told the answer of the transaction. */
  add(userId: UserId, timeMs: number, event: UserEvent['event'], stored = event, recordKey = ''): UserEvent {
    const added: UserEvent = { seq: 0, timeMs, event };
    this.#events.push({ userId, event: added, stored, recordKey });
    return added;
  }

  /** The calls that write the events; none when there are none. The first one's rows are for `place`. */
  calls(): Call[] {
    if (this.#events.length === 0) return [];
    const counts = new Map<UserId, number>();
    for (const { userId } of this.#events) counts.set(userId, (counts.get(userId) ?? 0) + 1);
    const remaining = new Map(counts);
    const followers = this.#events.map(({ userId }) => {
      const left = (remaining.get(userId) ?? 0) - 1;
      remaining.set(userId, left);
      return left;
    });
    return [
      call(growUserLogs, texts([...counts.keys()]), integers([...counts.values()])),
      call(
        addUserEvents,
        texts(this.#events.map(({ userId }) => userId)),
        integers(followers),
        bodies(this.#events.map(({ event, stored }) => encodeUserEvent({ ...event, event: stored }))),
        texts(this.#events.map(({ recordKey }) => recordKey)),
      ),
    ];
  }

  /** Gives the events their seqs, from the rows of `growUserLogs`. */
  place(grown: readonly Row[]): void {
    const ends = new Map(grown.map((row) => [text(row, 0), integer(row, 1)]));
    for (const { userId, event } of this.#events.toReversed()) {
      const seq = ends.get(userId) ?? 0;
      event.seq = seq;
      ends.set(userId, seq - 1);
    }
  }
}
