import type { UserEvent, UserId } from '@hongyan/protocol';
import type { Database } from 'better-sqlite3';
import { encodeUserEvent } from '../user-event-bytes.ts';

/** Adds an event to the end of an account's user log, inside the caller's transaction. */
export type AddUserEvent = (userId: UserId, timeMs: number, event: UserEvent['event']) => UserEvent;

export function createAddUserEvent(database: Database): AddUserEvent {
  const lastSeq = database.prepare<[string], number>('SELECT coalesce(max(seq), 0) FROM user_events WHERE user_id = ?');
  lastSeq.pluck();
  const insert = database.prepare('INSERT INTO user_events (user_id, seq, event) VALUES (?, ?, ?)');
  return (userId, timeMs, event) => {
    const added: UserEvent = { seq: (lastSeq.get(userId) ?? 0) + 1, timeMs, event };
    insert.run(userId, added.seq, encodeUserEvent(added));
    return added;
  };
}
