import { type ConversationId, EntryKind } from '@hongyan/protocol';
import type { Database } from 'better-sqlite3';
import type { IndexedMessage } from '../../search/terms.ts';

/** The last EDIT of the message `e`: with it comes where it stands. */
export const STANDING_EDIT = `LEFT JOIN message_changes c ON c.conversation_id = e.conversation_id AND c.target_seq = e.seq
    AND c.kind = ${EntryKind.EDIT} AND c.superseded = 0
  LEFT JOIN entries t ON t.conversation_id = c.conversation_id AND t.seq = c.seq`;

/** Messages that were not erased. */
export const IS_MESSAGE = `e.kind = ${EntryKind.MESSAGE} AND length(e.body) > 0`;

const SELECT = `SELECT e.seq, e.sender_id AS senderId, e.server_time_ms AS serverTimeMs, coalesce(t.body, e.body) AS body
  FROM entries e ${STANDING_EDIT}`;

/** A message as it reads now; undefined when there is none, or it was erased. */
export function createFindMessage(
  database: Database,
): (conversationId: ConversationId, seq: number) => IndexedMessage | undefined {
  const find = database.prepare<[string, number], IndexedMessage>(
    `${SELECT} WHERE e.conversation_id = ? AND e.seq = ? AND ${IS_MESSAGE}`,
  );
  return (conversationId, seq) => find.get(conversationId, seq);
}

/** Messages with afterSeq < seq <= throughSeq as they read now, ascending or descending. */
export function createReadMessages(database: Database, direction: 'ASC' | 'DESC') {
  const read = database.prepare<[string, number, number], IndexedMessage>(
    `${SELECT} WHERE e.conversation_id = ? AND e.seq > ? AND e.seq <= ? AND ${IS_MESSAGE} ORDER BY e.seq ${direction}`,
  );
  return (conversationId: ConversationId, afterSeq: number, throughSeq: number): IterableIterator<IndexedMessage> =>
    read.iterate(conversationId, afterSeq, throughSeq);
}
