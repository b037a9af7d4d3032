import type { CursorBatch } from '@hongyan/core/ports';
import type { UserEvent, UserId } from '@hongyan/protocol';
import type { Database } from 'better-sqlite3';
import { createStartLifetimes } from './lifetimes.ts';
import type { AddUserEvent } from './user-events.ts';

type Moved = { userId: UserId; event: UserEvent };

/** Merges cursors and device positions by max, inside the caller's transaction; positions of no device are dropped. */
export function createAdvance(database: Database, addUserEvent: AddUserEvent): (batch: CursorBatch) => Moved[] {
  const findCursor = database.prepare<[string, string], { deliveredSeq: number; readSeq: number }>(
    `SELECT delivered_seq AS deliveredSeq, read_seq AS readSeq FROM cursors WHERE conversation_id = ? AND user_id = ?`,
  );
  const saveCursor = database.prepare(
    `INSERT INTO cursors (conversation_id, user_id, delivered_seq, read_seq) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET delivered_seq = excluded.delivered_seq, read_seq = excluded.read_seq`,
  );
  const savePosition = database.prepare(
    `INSERT INTO device_positions (conversation_id, user_id, device_id, seq)
     SELECT ?, user_id, device_id, ? FROM devices WHERE device_id = ? AND user_id = ?
     ON CONFLICT DO UPDATE SET seq = excluded.seq WHERE excluded.seq > device_positions.seq`,
  );

  const startLifetimes = createStartLifetimes(database);
  const saveSeen = database.prepare(
    `INSERT INTO last_seen (user_id, seen_ms) VALUES (?, ?)
     ON CONFLICT DO UPDATE SET seen_ms = excluded.seen_ms WHERE excluded.seen_ms > last_seen.seen_ms`,
  );

  function advanceCursor(cursor: CursorBatch['cursors'][number], timeMs: number): Moved[] {
    const { conversationId, userId } = cursor;
    const stored = findCursor.get(conversationId, userId) ?? { deliveredSeq: 0, readSeq: 0 };
    const deliveredSeq = Math.max(stored.deliveredSeq, cursor.deliveredSeq);
    const readSeq = Math.max(stored.readSeq, cursor.readSeq);
    if (deliveredSeq === stored.deliveredSeq && readSeq === stored.readSeq) return [];
    saveCursor.run(conversationId, userId, deliveredSeq, readSeq);
    if (readSeq === stored.readSeq) return [];
    startLifetimes({ conversationId, userId, afterSeq: stored.readSeq, readSeq, timeMs });
    return [{ userId, event: addUserEvent(userId, timeMs, { case: 'readMoved', value: { conversationId, readSeq } }) }];
  }

  return ({ cursors, positions, seen = [], timeMs }) => {
    const moved = cursors.flatMap((cursor) => advanceCursor(cursor, timeMs));
    for (const { conversationId, userId, deviceId, seq } of positions) {
      savePosition.run(conversationId, seq, deviceId, userId);
    }
    for (const { userId, seenMs } of seen) saveSeen.run(userId, seenMs);
    return moved;
  };
}
