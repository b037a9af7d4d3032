import type { ChangeQuery, EntryQuery } from '@hongyan/core/ports';
import { type ConversationId, decodeEntryHeader, type Entry, type EntryKind } from '@hongyan/protocol';
import { bytes, integer, optionalBytes, text } from '../wire/columns.ts';
import { type Call, call, type Row, type Statement } from '../wire/statement.ts';
import { atLeastZero } from './bounds.ts';

const COLUMNS = 'seq, kind, sender_id, client_message_id, client_time_ms, server_time_ms, body, header';
/** Bounds that are at once those of the query and those of the membership `m`. */
const AFTER_SEQ = 'greatest($2::bigint, m.from_seq - 1)';
const LAST_SEQ = `CASE m.until_seq WHEN 0 THEN ${Number.MAX_SAFE_INTEGER} ELSE m.until_seq END`;

/** Weighs bodies before it fetches them, so that a page costs no more than it may have. */
const weighed = (rows: string, direction: 'ASC' | 'DESC'): string => `SELECT ${COLUMNS} FROM (
      SELECT *, sum(octet_length(body)) OVER preceding AS byte_count, row_number() OVER preceding AS place
      FROM ${rows} WINDOW preceding AS (ORDER BY seq ${direction} ROWS UNBOUNDED PRECEDING)
    ) AS weighed WHERE place = 1 OR byte_count <= $5::bigint ORDER BY seq`;

const page = (name: string, direction: 'ASC' | 'DESC'): Statement => ({
  name,
  text: weighed(
    `(SELECT ${COLUMNS} FROM entries WHERE conversation_id = $1 AND seq > $2::bigint AND seq < $3::bigint
      ORDER BY seq ${direction} LIMIT $4::bigint) AS page`,
    direction,
  ),
});

export const oldestEntries = page('oldest_entries', 'ASC');
export const newestEntries = page('newest_entries', 'DESC');

/** What the membership of $6 covers; the inner limit keeps the order of the index. */
const visiblePage = (name: string, direction: 'ASC' | 'DESC'): Statement => ({
  name,
  text: weighed(
    `(SELECT page.* FROM members m CROSS JOIN LATERAL (
        SELECT ${COLUMNS} FROM entries
        WHERE conversation_id = $1 AND seq > ${AFTER_SEQ} AND seq < least($3::bigint, ${LAST_SEQ} + 1)
        ORDER BY seq ${direction} LIMIT $4::bigint
      ) AS page WHERE m.conversation_id = $1 AND m.user_id = $6) AS page`,
    direction,
  ),
});

export const oldestVisible = visiblePage('oldest_visible', 'ASC');
export const newestVisible = visiblePage('newest_visible', 'DESC');

const PREFIXED = COLUMNS.replace(/(\w+)/g, 'e.$1');

/** Places of changes, which `condition` narrows. */
const changeSeqs = (isVisible: boolean, condition = ''): string => `SELECT c.seq FROM message_changes c
      WHERE c.conversation_id = $1 AND c.target_seq BETWEEN $3::bigint AND $4::bigint
        AND ${isVisible ? `c.seq > ${AFTER_SEQ} AND c.seq <= ${LAST_SEQ}` : 'c.seq > $2::bigint'} ${condition}
      ORDER BY c.seq LIMIT $5::bigint`;

/** What stands only has an index of its own, which a parameter could not choose. */
const STANDING = 'AND c.superseded = 0';
/** What stood when the membership ended. */
const STOOD = 'AND m.until_seq > 0 AND c.superseded > m.until_seq';

const changes = (name: string, isVisible: boolean, found: string): Statement => ({
  name,
  text: `SELECT ${PREFIXED} FROM ${isVisible ? 'members m CROSS JOIN LATERAL ' : ''}(${found}) AS found
    JOIN entries e ON e.conversation_id = $1 AND e.seq = found.seq
    ${isVisible ? 'WHERE m.conversation_id = $1 AND m.user_id = $6' : ''} ORDER BY e.seq`,
});

export const allChanges = changes('all_changes', false, changeSeqs(false));
export const standingChanges = changes('standing_changes', false, changeSeqs(false, STANDING));
export const allVisibleChanges = changes('all_visible_changes', true, changeSeqs(true));
export const standingVisibleChanges = changes(
  'standing_visible_changes',
  true,
  `SELECT seq FROM ((${changeSeqs(true, STANDING)}) UNION ALL (${changeSeqs(true, STOOD)})) AS either
      ORDER BY seq LIMIT $5::bigint`,
);

export function entriesCall(query: EntryQuery): Call {
  const { conversationId, afterSeq, beforeSeq, limit, bytesMax, from, viewerId } = query;
  const range = [conversationId, String(afterSeq), String(beforeSeq), atLeastZero(limit), String(bytesMax)] as const;
  if (viewerId === undefined) return call(from === 'oldest' ? oldestEntries : newestEntries, ...range);
  return call(from === 'oldest' ? oldestVisible : newestVisible, ...range, viewerId);
}

export function changesCall(query: ChangeQuery): Call {
  const { conversationId, fromTargetSeq, toTargetSeq, afterSeq, standing, limit, viewerId } = query;
  const targets = [String(fromTargetSeq), String(toTargetSeq)] as const;
  const range = [conversationId, String(afterSeq), ...targets, atLeastZero(limit)] as const;
  if (viewerId === undefined) return call(standing ? standingChanges : allChanges, ...range);
  return call(standing ? standingVisibleChanges : allVisibleChanges, ...range, viewerId);
}

export function entryOf(conversationId: ConversationId, row: Row): Entry {
  const entry: Entry = {
    conversationId,
    seq: integer(row, 0),
    kind: integer(row, 1) as EntryKind,
    senderId: text(row, 2),
    clientMessageId: text(row, 3),
    clientTimeMs: integer(row, 4),
    serverTimeMs: integer(row, 5),
    body: bytes(row, 6),
  };
  const header = optionalBytes(row, 7);
  if (header !== undefined) entry.header = decodeEntryHeader(header);
  return entry;
}
