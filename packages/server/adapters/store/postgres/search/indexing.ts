import { type ConversationId, EntryKind } from '@hongyan/protocol';
import { transactOnce } from '../lanes/account-work.ts';
import type { Lanes } from '../lanes/index.ts';
import { lockConversations } from '../log/append.ts';
import { texts } from '../wire/arrays.ts';
import { bytes, integer, text } from '../wire/columns.ts';
import type { Transaction } from '../wire/connection.ts';
import { call, type Row, type Statement } from '../wire/statement.ts';
import { addIndexedCalls } from './index-writes.ts';

/** Conversations that nodes choose from, so that they seldom choose the same. */
const CHOICE = 8;

/** Those that have waited longest; when none waits, those of which the beginning is missing. Nothing is locked. */
export const findUnindexed: Statement = {
  name: 'find_unindexed',
  text: `WITH waiting AS MATERIALIZED (
      SELECT conversation_id FROM search_waiting ORDER BY since_ms, conversation_id LIMIT ${CHOICE}
    )
    SELECT conversation_id FROM waiting
    UNION ALL
    (SELECT conversation_id FROM search_progress WHERE after_seq > 0 AND NOT EXISTS (SELECT FROM waiting)
     ORDER BY conversation_id DESC LIMIT ${CHOICE})`,
};

/** How far a conversation is in the index, and the messages of the next step: behind that, or else before it. */
export const readUnindexed: Statement = {
  name: 'read_unindexed',
  text: `WITH progress AS MATERIALIZED (
      SELECT c.last_seq, coalesce(p.after_seq, 0) AS after_seq, coalesce(p.through_seq, 0) AS through_seq
      FROM conversations c LEFT JOIN search_progress p ON p.conversation_id = c.conversation_id
      WHERE c.conversation_id = $1
    ), step AS MATERIALIZED (
      SELECT *, CASE WHEN through_seq < last_seq THEN through_seq ELSE greatest(after_seq - $2::bigint, 0) END AS low,
        CASE WHEN through_seq < last_seq THEN least(through_seq + $2::bigint, last_seq) ELSE after_seq END AS high
      FROM progress
    )
    SELECT s.last_seq, s.after_seq, s.through_seq, s.low, s.high, m.seq, m.sender_id, m.server_time_ms, m.body
    FROM step s LEFT JOIN LATERAL (
      SELECT e.seq, e.sender_id, e.server_time_ms, coalesce(t.body, e.body) AS body FROM entries e
      LEFT JOIN message_changes c ON c.conversation_id = $1 AND c.target_seq = e.seq AND c.kind = ${EntryKind.EDIT}
        AND c.superseded = 0
      LEFT JOIN entries t ON t.conversation_id = $1 AND t.seq = c.seq
      WHERE e.conversation_id = $1 AND e.seq > s.low AND e.seq <= s.high
        AND e.kind = ${EntryKind.MESSAGE} AND octet_length(e.body) > 0
    ) AS m ON true ORDER BY m.seq`,
};

export const saveProgress: Statement = {
  name: 'save_progress',
  text: `INSERT INTO search_progress (conversation_id, after_seq, through_seq) VALUES ($1, $2::bigint, $3::bigint)
    ON CONFLICT (conversation_id) DO UPDATE SET after_seq = excluded.after_seq, through_seq = excluded.through_seq`,
};

export const endWaiting: Statement = {
  name: 'end_waiting',
  text: 'DELETE FROM search_waiting WHERE conversation_id = $1',
};

/** Behind those that wait by now. */
export const waitAgain: Statement = {
  name: 'wait_again',
  text: `UPDATE search_waiting SET since_ms = floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint
    WHERE conversation_id = $1`,
};

/** Takes entries of one conversation into the index. Whoever appends to it meanwhile waits. */
function takeIn(conversationId: ConversationId, limit: number): Transaction<number> {
  return {
    look: [call(lockConversations, texts([conversationId])), call(readUnindexed, conversationId, String(limit))],
    decide([, found = []]) {
      const [step] = found;
      if (step === undefined) return { writes: [], answer: () => 0 };
      const [lastSeq, afterSeq, throughSeq, low, high] = [0, 1, 2, 3, 4].map((at) => integer(step, at)) as FiveNumbers;
      const [after, through] = throughSeq < lastSeq ? [afterSeq, high] : [low, throughSeq];
      const messages = found.flatMap((row) => messageOf(conversationId, row));
      return {
        writes: [
          ...addIndexedCalls(messages),
          call(saveProgress, conversationId, String(after), String(through)),
          call(through < lastSeq ? waitAgain : endWaiting, conversationId),
        ],
        answer: () => high - low,
      };
    },
  };
}

type FiveNumbers = [number, number, number, number, number];

const messageOf = (conversationId: ConversationId, row: Row) =>
  row[5] === null
    ? []
    : [
        {
          conversationId,
          seq: integer(row, 5),
          senderId: text(row, 6),
          serverTimeMs: integer(row, 7),
          body: bytes(row, 8),
        },
      ];

/** Takes a step of indexing and answers how many entries it passed. */
export function index(lanes: Lanes, limit: number): Promise<number> {
  return transactOnce(lanes.search, async (connection) => {
    const [found = []] = await connection.run([call(findUnindexed)]);
    const chosen = found[Math.floor(Math.random() * found.length)];
    return chosen === undefined ? 0 : connection.transact(takeIn(text(chosen, 0), Math.max(limit, 1)));
  });
}
