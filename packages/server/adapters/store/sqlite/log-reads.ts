import { hasReceipts } from '@hongyan/core';
import type { ConversationHead, DevicePosition } from '@hongyan/core/ports';
import type { Cursor } from '@hongyan/protocol';
import type { Database } from 'better-sqlite3';
import type { Handlers, ReadCalls } from './calls.ts';
import { type EntryRow, fitting, packEntries } from './entry-rows.ts';

type LogReads = Pick<ReadCalls, 'entries' | 'head' | 'heads' | 'countOthers' | 'devicePositions' | 'userLastSeq'>;

export function createLogReads(database: Database): Handlers<LogReads> {
  const page = (direction: 'ASC' | 'DESC') =>
    database
      .prepare<[string, number, number, number], EntryRow>(
        `SELECT seq, kind, sender_id, client_message_id, client_time_ms, server_time_ms, body FROM entries
         WHERE conversation_id = ? AND seq > ? AND seq < ? ORDER BY seq ${direction} LIMIT ?`,
      )
      .raw();
  const oldest = page('ASC');
  const newest = page('DESC');
  const head = database.prepare<[string], HeadRow>(
    `SELECT conversation_id AS conversationId, last_seq AS lastSeq, member_count AS memberCount FROM conversations
     WHERE conversation_id = ?`,
  );
  const heads = database.prepare<[string, number], HeadRow>(
    `SELECT c.conversation_id AS conversationId, c.last_seq AS lastSeq, c.member_count AS memberCount
     FROM memberships m JOIN conversations c ON c.conversation_id = m.conversation_id
     WHERE m.user_id = ? ORDER BY c.last_time_ms DESC, c.conversation_id LIMIT ?`,
  );
  const cursors = database.prepare<[string], Cursor>(
    `SELECT m.user_id AS userId, coalesce(c.delivered_seq, 0) AS deliveredSeq, coalesce(c.read_seq, 0) AS readSeq
     FROM members m LEFT JOIN cursors c ON c.conversation_id = m.conversation_id AND c.user_id = m.user_id
     WHERE m.conversation_id = ? ORDER BY m.user_id`,
  );
  const ownCursor = database.prepare<[string, string], Cursor>(
    `SELECT m.user_id AS userId, coalesce(c.delivered_seq, 0) AS deliveredSeq, coalesce(c.read_seq, 0) AS readSeq
     FROM members m LEFT JOIN cursors c ON c.conversation_id = m.conversation_id AND c.user_id = m.user_id
     WHERE m.conversation_id = ? AND m.user_id = ?`,
  );
  // What is counted, and how far the scan goes, are two bounds; the newest come first in both.
  const countOthers = database.prepare<[string, number, number, number, string, number], number>(
    `SELECT count(*) FROM
       (SELECT 1 FROM
         (SELECT sender_id FROM entries WHERE conversation_id = ? AND seq > ? AND seq <= ? ORDER BY seq DESC LIMIT ?) AS seen
        WHERE sender_id <> ? LIMIT ?) AS others`,
  );
  countOthers.pluck();
  const positions = database.prepare<[string], DevicePosition>(
    `SELECT conversation_id AS conversationId, user_id AS userId, device_id AS deviceId, seq
     FROM device_positions WHERE conversation_id = ? ORDER BY device_id`,
  );
  const userLastSeq = database.prepare<[string], number>(
    'SELECT coalesce(max(seq), 0) FROM user_events WHERE user_id = ?',
  );
  userLastSeq.pluck();

  const withCursors = (row: HeadRow): ConversationHead => ({ ...row, cursors: cursors.all(row.conversationId) });
  const withVisible = (row: HeadRow, userId: string): ConversationHead =>
    hasReceipts(row.memberCount) ? withCursors(row) : { ...row, cursors: ownCursor.all(row.conversationId, userId) };

  return {
    entries({ conversationId, afterSeq, beforeSeq, limit, bytesMax, from }) {
      const rows = from === 'oldest' ? oldest : newest;
      const page = fitting(rows.iterate(conversationId, afterSeq, beforeSeq, Math.max(limit, 0)), bytesMax);
      return packEntries(from === 'oldest' ? page : page.reverse());
    },
    // One snapshot for the rows and their cursors.
    head: database.transaction((id: string) => head.all(id).map(withCursors)[0]),
    heads: database.transaction((query: { userId: string; limit: number }) =>
      heads.all(query.userId, Math.max(query.limit, 0)).map((row) => withVisible(row, query.userId)),
    ),
    countOthers: ({ conversationId, userId, afterSeq, throughSeq, max, scanMax }) =>
      countOthers.get(conversationId, afterSeq, throughSeq, Math.max(scanMax, 0), userId, Math.max(max, 0)) ?? 0,
    devicePositions: (conversationId) => positions.all(conversationId),
    userLastSeq: (userId) => userLastSeq.get(userId) ?? 0,
  };
}

interface HeadRow {
  conversationId: string;
  lastSeq: number;
  memberCount: number;
}
