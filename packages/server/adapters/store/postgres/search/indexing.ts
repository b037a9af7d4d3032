import { type ConversationId, EntryKind } from '@hongyan/protocol';
import { transactOnce } from '../lanes/account-work.ts';
import type { Lanes } from '../lanes/index.ts';
import { lockConversations } from '../log/append.ts';
import { integers, texts } from '../wire/arrays.ts';
import { bytes, integer, text } from '../wire/columns.ts';
import type { Transaction } from '../wire/connection.ts';
import { call, type Row, type Statement } from '../wire/statement.ts';
import { addIndexedCalls } from './index-writes.ts';

/** Conversations of one step. */
const CONVERSATIONS_MAX = 64;

/** Those that have waited longest; when none waits, those of which the beginning is missing. Nothing is locked. */
export const findUnindexed: Statement = {
  name: 'find_unindexed',
  text: `WITH waiting AS MATERIALIZED (
      SELECT conversation_id FROM search_waiting ORDER BY since_ms, conversation_id LIMIT $1::bigint
    )
    SELECT conversation_id FROM waiting
    UNION ALL
    (SELECT conversation_id FROM search_progress WHERE after_seq > 0 AND NOT EXISTS (SELECT FROM waiting)
     ORDER BY conversation_id DESC LIMIT $1::bigint)`,
};

/** Those that nobody else holds; who holds one already may ask, as this waits for nobody. */
export const lockFree: Statement = {
  name: 'lock_free',
  text: `SELECT c.conversation_id FROM unnest($1::text[]) AS k(id) JOIN conversations c ON c.conversation_id = k.id
    FOR NO KEY UPDATE OF c SKIP LOCKED`,
};

/**
 * How far each conversation is in the index, and the messages of its next step: behind that, or else before it. Only what the
 * transaction holds of them is to be taken in.
 */
export const readUnindexed: Statement = {
  name: 'read_unindexed',
  text: `WITH progress AS MATERIALIZED (
      SELECT c.conversation_id, c.last_seq, coalesce(p.after_seq, 0) AS after_seq, coalesce(p.through_seq, 0) AS through_seq
      FROM unnest($1::text[]) AS k(id) JOIN conversations c ON c.conversation_id = k.id
      LEFT JOIN search_progress p ON p.conversation_id = k.id
    ), step AS MATERIALIZED (
      SELECT *, CASE WHEN through_seq < last_seq THEN through_seq ELSE greatest(after_seq - $2::bigint, 0) END AS low,
        CASE WHEN through_seq < last_seq THEN least(through_seq + $2::bigint, last_seq) ELSE after_seq END AS high
      FROM progress
    )
    SELECT s.conversation_id, s.last_seq, s.after_seq, s.through_seq, s.low, s.high,
      m.seq, m.sender_id, m.server_time_ms, m.body
    FROM step s LEFT JOIN LATERAL (
      SELECT e.seq, e.sender_id, e.server_time_ms, coalesce(t.body, e.body) AS body FROM entries e
      LEFT JOIN message_changes c ON c.conversation_id = s.conversation_id AND c.target_seq = e.seq
        AND c.kind = ${EntryKind.EDIT} AND c.superseded = 0
      LEFT JOIN entries t ON t.conversation_id = s.conversation_id AND t.seq = c.seq
      WHERE e.conversation_id = s.conversation_id AND e.seq > s.low AND e.seq <= s.high
        AND e.kind = ${EntryKind.MESSAGE} AND octet_length(e.body) > 0
    ) AS m ON true`,
};

export const saveProgress: Statement = {
  name: 'save_progress',
  text: `INSERT INTO search_progress (conversation_id, after_seq, through_seq)
    SELECT * FROM unnest($1::text[], $2::bigint[], $3::bigint[])
    ON CONFLICT (conversation_id) DO UPDATE SET after_seq = excluded.after_seq, through_seq = excluded.through_seq`,
};

export const endWaiting: Statement = {
  name: 'end_waiting',
  text: 'DELETE FROM search_waiting w USING unnest($1::text[]) AS k(id) WHERE w.conversation_id = k.id',
};

/** Behind those that wait by now. */
export const waitAgain: Statement = {
  name: 'wait_again',
  text: `UPDATE search_waiting w SET since_ms = floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint
    FROM unnest($1::text[]) AS k(id) WHERE w.conversation_id = k.id`,
};

/** What a transaction takes in of one conversation. */
interface Step {
  conversationId: ConversationId;
  /** In the index afterwards: afterSeq < seq <= throughSeq. */
  afterSeq: number;
  throughSeq: number;
  hasNewer: boolean;
  passed: number;
}

/**
 * Takes entries into the index, of each conversation up to `limit`. The first one is waited for, so that everybody's turn comes;
 * of the others those are taken that nobody holds. Whoever appends to them meanwhile waits.
 */
function takeIn(conversationIds: readonly ConversationId[], limit: number): Transaction<number> {
  const all = texts(conversationIds);
  return {
    look: [
      call(lockConversations, texts(conversationIds.slice(0, 1))),
      call(lockFree, all),
      call(readUnindexed, all, String(limit)),
    ],
    decide([, locked = [], found = []]) {
      const held = new Set(locked.map((row) => text(row, 0)));
      const rows = found.filter((row) => held.has(text(row, 0)));
      const steps = [...new Map(rows.map((row) => [text(row, 0), stepOf(row)])).values()];
      const idsOf = (some: readonly Step[]) => texts(some.map(({ conversationId }) => conversationId));
      return {
        writes: [
          ...addIndexedCalls(rows.flatMap(messageOf)),
          call(
            saveProgress,
            idsOf(steps),
            integers(steps.map(({ afterSeq }) => afterSeq)),
            integers(steps.map(({ throughSeq }) => throughSeq)),
          ),
          call(waitAgain, idsOf(steps.filter(({ hasNewer }) => hasNewer))),
          call(endWaiting, idsOf(steps.filter(({ hasNewer }) => !hasNewer))),
        ],
        // Never 0, which says that nothing waits: another node may have been faster with these.
        answer: () =>
          Math.max(
            steps.reduce((sum, { passed }) => sum + passed, 0),
            1,
          ),
      };
    },
  };
}

function stepOf(row: Row): Step {
  const [lastSeq, afterSeq, throughSeq] = [integer(row, 1), integer(row, 2), integer(row, 3)];
  const [low, high] = [integer(row, 4), integer(row, 5)];
  const isNewer = throughSeq < lastSeq;
  return {
    conversationId: text(row, 0),
    afterSeq: isNewer ? afterSeq : low,
    throughSeq: isNewer ? high : throughSeq,
    hasNewer: isNewer && high < lastSeq,
    passed: high - low,
  };
}

const messageOf = (row: Row) =>
  row[6] === null
    ? []
    : [
        {
          conversationId: text(row, 0),
          seq: integer(row, 6),
          senderId: text(row, 7),
          serverTimeMs: integer(row, 8),
          body: bytes(row, 9),
        },
      ];

/** Takes a step of indexing and answers how many entries it passed. */
export function index(lanes: Lanes, limit: number): Promise<number> {
  const most = Math.max(limit, 1);
  return transactOnce(lanes.search, async (connection) => {
    const [found = []] = await connection.run([call(findUnindexed, String(Math.min(most, CONVERSATIONS_MAX)))]);
    if (found.length === 0) return 0;
    const ids = found.map((row) => text(row, 0));
    return connection.transact(takeIn(ids, Math.ceil(most / ids.length)));
  });
}
