import { RECEIPT_MEMBERS_MAX } from '@hongyan/core';
import type { ConversationHead, DevicePosition, EntryQuery, OthersQuery } from '@hongyan/core/ports';
import type { ConversationId, Entry, EntryKind } from '@hongyan/protocol';
import { bytes, integer, text } from '../wire/columns.ts';
import { type Call, call, type Row, type Statement } from '../wire/statement.ts';

/** Weighs bodies before it fetches them, so that a page costs no more than it may have. */
const page = (name: string, direction: 'ASC' | 'DESC'): Statement => ({
  name,
  text: `SELECT seq, kind, sender_id, client_message_id, client_time_ms, server_time_ms, body FROM (
      SELECT *, sum(octet_length(body)) OVER preceding AS byte_count, row_number() OVER preceding AS place FROM (
        SELECT seq, kind, sender_id, client_message_id, client_time_ms, server_time_ms, body FROM entries
        WHERE conversation_id = $1 AND seq > $2::bigint AND seq < $3::bigint ORDER BY seq ${direction} LIMIT $4::bigint
      ) AS page WINDOW preceding AS (ORDER BY seq ${direction} ROWS UNBOUNDED PRECEDING)
    ) AS weighed WHERE place = 1 OR byte_count <= $5::bigint ORDER BY seq`,
});

export const oldestEntries = page('oldest_entries', 'ASC');
export const newestEntries = page('newest_entries', 'DESC');

const HEAD_COLUMNS = `h.conversation_id, h.last_seq, h.member_count, m.user_id, coalesce(c.delivered_seq, 0), coalesce(c.read_seq, 0)`;
const CURSORS_OF_MEMBERS = `
    LEFT JOIN cursors c ON c.conversation_id = m.conversation_id AND c.user_id = m.user_id`;

export const headOf: Statement = {
  name: 'head_of',
  text: `SELECT ${HEAD_COLUMNS} FROM conversations h LEFT JOIN members m ON m.conversation_id = h.conversation_id ${CURSORS_OF_MEMBERS}
    WHERE h.conversation_id = $1 ORDER BY m.user_id`,
};

export const headsOf: Statement = {
  name: 'heads_of',
  text: `SELECT ${HEAD_COLUMNS} FROM (
      SELECT c.conversation_id, c.last_seq, c.last_time_ms, c.member_count
      FROM memberships m JOIN conversations c ON c.conversation_id = m.conversation_id
      WHERE m.user_id = $1 ORDER BY c.last_time_ms DESC, c.conversation_id LIMIT $2::bigint
    ) AS h
    LEFT JOIN members m ON m.conversation_id = h.conversation_id
      AND (h.member_count <= ${RECEIPT_MEMBERS_MAX} OR m.user_id = $1) ${CURSORS_OF_MEMBERS}
    ORDER BY h.last_time_ms DESC, h.conversation_id, m.user_id`,
};

/** What is counted, and how far the scan goes, are two bounds; the newest come first in both. */
export const countOthers: Statement = {
  name: 'count_others',
  text: `SELECT count(*) FROM (
      SELECT 1 FROM (
        SELECT sender_id FROM entries WHERE conversation_id = $1 AND seq > $2::bigint AND seq <= $3::bigint
        ORDER BY seq DESC LIMIT $4::bigint
      ) AS seen WHERE sender_id <> $5 LIMIT $6::bigint
    ) AS others`,
};

export const positionsIn: Statement = {
  name: 'positions_in',
  text: `SELECT user_id, device_id, seq FROM device_positions WHERE conversation_id = $1 ORDER BY device_id`,
};

/** A bound as it is sent: a negative one is none at all. */
export const atLeastZero = (limit: number): string => String(Math.max(limit, 0));

export function entriesCall({ conversationId, afterSeq, beforeSeq, limit, bytesMax, from }: EntryQuery): Call {
  const statement = from === 'oldest' ? oldestEntries : newestEntries;
  return call(statement, conversationId, String(afterSeq), String(beforeSeq), atLeastZero(limit), String(bytesMax));
}

export const entryOf = (conversationId: ConversationId, row: Row): Entry => ({
  conversationId,
  seq: integer(row, 0),
  kind: integer(row, 1) as EntryKind,
  senderId: text(row, 2),
  clientMessageId: text(row, 3),
  clientTimeMs: integer(row, 4),
  serverTimeMs: integer(row, 5),
  body: bytes(row, 6),
});

export function othersCall({ conversationId, userId, afterSeq, throughSeq, max, scanMax }: OthersQuery): Call {
  const range = [String(afterSeq), String(throughSeq), atLeastZero(scanMax)] as const;
  return call(countOthers, conversationId, ...range, userId, atLeastZero(max));
}

/** One row for each member; the rows of a conversation stand together. */
export function headsFrom(rows: readonly Row[]): ConversationHead[] {
  const heads: ConversationHead[] = [];
  for (const row of rows) {
    const conversationId = text(row, 0);
    let head = heads.at(-1);
    if (head?.conversationId !== conversationId) {
      head = { conversationId, lastSeq: integer(row, 1), memberCount: integer(row, 2), cursors: [] };
      heads.push(head);
    }
    if (row[3] === null) continue;
    head.cursors.push({ userId: text(row, 3), deliveredSeq: integer(row, 4), readSeq: integer(row, 5) });
  }
  return heads;
}

export const positionOf = (conversationId: ConversationId, row: Row): DevicePosition => ({
  conversationId,
  userId: text(row, 0),
  deviceId: text(row, 1),
  seq: integer(row, 2),
});
