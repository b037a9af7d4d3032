import { texts } from '../wire/arrays.ts';
import { integer, text } from '../wire/columns.ts';
import type { Transaction } from '../wire/connection.ts';
import { call, type Row, type Statement } from '../wire/statement.ts';
import { lockConversations } from './append.ts';
import { eraseCalls } from './erase-writes.ts';
import { type MessagePlace, placesOf } from './message-place.ts';

/** What is overdue, the longest first. Nothing is locked: somebody else may erase it meanwhile. */
export const findDue: Statement = {
  name: 'find_due',
  text: `SELECT conversation_id, seq FROM lifetimes WHERE due_at_ms > 0 AND due_at_ms <= $1::bigint
    ORDER BY due_at_ms, conversation_id, seq LIMIT $2::bigint`,
};

/** Those that nobody else has erased, and will not before the end of the transaction. */
export const lockDue: Statement = {
  name: 'lock_due',
  text: `SELECT l.conversation_id, l.seq FROM unnest($1::text[], $2::bigint[]) AS k(conversation_id, seq)
    JOIN lifetimes l ON l.conversation_id = k.conversation_id AND l.seq = k.seq
    ORDER BY l.conversation_id, l.seq FOR UPDATE OF l`,
};

export const placeOf = (row: Row): MessagePlace => ({ conversationId: text(row, 0), seq: integer(row, 1) });

/** Erases these messages, but for those that were erased since they were found, and answers how many. */
export function expire(due: readonly MessagePlace[]): Transaction<number> {
  const conversationIds = [...new Set(due.map(({ conversationId }) => conversationId))];
  return {
    look: [call(lockConversations, texts(conversationIds)), call(lockDue, ...placesOf(due))],
    decide: ([, found = []]) => ({ writes: eraseCalls(found.map(placeOf)), answer: () => found.length }),
  };
}
