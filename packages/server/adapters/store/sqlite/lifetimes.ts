import type { Database } from 'better-sqlite3';
import type { Handlers, WriteCalls } from './calls.ts';
import { createErase } from './erase.ts';

/** Erases what is due, inside the caller's transaction. */
export function createExpire(database: Database): Handlers<Pick<WriteCalls, 'expire'>> {
  const erase = createErase(database);
  const due = database.prepare<[number, number], { conversationId: string; seq: number }>(
    `SELECT conversation_id AS conversationId, seq FROM lifetimes WHERE due_at_ms > 0 AND due_at_ms <= ?
     ORDER BY due_at_ms, conversation_id, seq LIMIT ?`,
  );
  return {
    expire({ nowMs, limit }) {
      const found = due.all(nowMs, Math.max(limit, 0));
      for (const { conversationId, seq } of found) erase(conversationId, seq);
      return found.length;
    },
  };
}

/** Somebody's read cursor passed these messages: the lifetimes of others' that count from reading do so from now on. */
export type StartLifetimes = (read: {
  conversationId: string;
  userId: string;
  afterSeq: number;
  readSeq: number;
  timeMs: number;
}) => void;

export function createStartLifetimes(database: Database): StartLifetimes {
  const start = database.prepare(
    `UPDATE lifetimes SET due_at_ms = ? + lifetime_ms
     WHERE conversation_id = ? AND seq > ? AND seq <= ? AND due_at_ms = 0 AND sender_id <> ?`,
  );
  return ({ conversationId, userId, afterSeq, readSeq, timeMs }) =>
    start.run(timeMs, conversationId, afterSeq, readSeq, userId);
}
