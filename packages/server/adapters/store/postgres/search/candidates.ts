import { EntryKind } from '@hongyan/protocol';
import type { AnyOf } from '../../search/filter.ts';
import { prefixOf } from '../../search/terms.ts';
import { integers, texts } from '../wire/arrays.ts';
import { type Call, call, type Statement } from '../wire/statement.ts';

/** The part of a block that is to be looked at. */
export interface Look {
  conversationId: string;
  block: number;
  fromSeq: number;
  throughSeq: number;
}

/** What of each conversation an account may read, is in the index, and lies before a place. */
export const findWindows: Statement = {
  name: 'find_windows',
  text: `SELECT l.place, greatest(m.from_seq, p.after_seq + 1),
      least(l.before_seq - 1, p.through_seq, CASE m.until_seq WHEN 0 THEN p.through_seq ELSE m.until_seq END)
    FROM unnest($2::text[], $3::bigint[]) WITH ORDINALITY AS l(conversation_id, before_seq, place)
    JOIN members m ON m.conversation_id = l.conversation_id AND m.user_id = $1
    JOIN search_progress p ON p.conversation_id = l.conversation_id`,
};

const LAST_SEQ = `CASE m.until_seq WHEN 0 THEN ${Number.MAX_SAFE_INTEGER} ELSE m.until_seq END`;
const ENTRY = ['seq', 'kind', 'sender_id', 'client_message_id', 'client_time_ms', 'server_time_ms', 'body', 'header'];
const BYTES_MAX = 1024 * 1024;

/**
 * What the index has in each look, with the memberships as they are in the same snapshot: entries, and their text as it reads to
 * the account. Candidates that would make the answer too long come without that, but for the first.
 */
export const findCandidates: Statement = {
  name: 'find_candidates',
  text: `SELECT place, ${ENTRY.map((column) => (column === 'body' ? 'CASE WHEN fits THEN body END' : column)).join(', ')},
      CASE WHEN fits THEN text END
    FROM (
      SELECT *, row_number() OVER preceding = 1
        OR sum(octet_length(body) + octet_length(text)) OVER preceding <= ${BYTES_MAX} AS fits
      FROM (
        SELECT l.place, ${ENTRY.map((column) => `e.${column}`).join(', ')}, 
          coalesce(CASE WHEN standing.seq > ${LAST_SEQ} THEN earlier.body ELSE standing.body END, e.body) AS text
        FROM unnest($2::text[], $3::bigint[], $4::bigint[], $5::text[])
          WITH ORDINALITY AS l(conversation_id, from_seq, through_seq, terms, place)
        JOIN members m ON m.conversation_id = l.conversation_id AND m.user_id = $1
        CROSS JOIN LATERAL (
          SELECT s.seq FROM search_entries s
          WHERE s.conversation_id = l.conversation_id AND s.terms @@ l.terms::tsquery
            AND s.seq >= greatest(l.from_seq, m.from_seq) AND s.seq <= least(l.through_seq, ${LAST_SEQ})
          ORDER BY s.seq DESC LIMIT $6::bigint
        ) AS f
        JOIN entries e ON e.conversation_id = l.conversation_id AND e.seq = f.seq
        LEFT JOIN LATERAL (
          SELECT c.seq, t.body FROM message_changes c JOIN entries t ON t.conversation_id = c.conversation_id AND t.seq = c.seq
          WHERE c.conversation_id = l.conversation_id AND c.target_seq = f.seq AND c.kind = ${EntryKind.EDIT}
            AND c.superseded = 0
        ) AS standing ON true
        LEFT JOIN LATERAL (
          SELECT t.body FROM message_changes c JOIN entries t ON t.conversation_id = c.conversation_id AND t.seq = c.seq
          WHERE c.conversation_id = l.conversation_id AND c.target_seq = f.seq AND c.kind = ${EntryKind.EDIT}
            AND c.seq <= ${LAST_SEQ} ORDER BY c.seq DESC LIMIT 1
        ) AS earlier ON standing.seq > ${LAST_SEQ}
        WHERE e.kind = ${EntryKind.MESSAGE} AND octet_length(e.body) > 0
      ) AS found WINDOW preceding AS (ORDER BY place, seq DESC ROWS UNBOUNDED PRECEDING)
    ) AS weighed ORDER BY place, seq DESC`,
};

export const candidatesCall = (
  viewerId: string,
  looks: readonly Look[],
  wanted: readonly AnyOf[],
  limit: number,
): Call =>
  call(
    findCandidates,
    viewerId,
    texts(looks.map(({ conversationId }) => conversationId)),
    integers(looks.map(({ fromSeq }) => fromSeq)),
    integers(looks.map(({ throughSeq }) => throughSeq)),
    texts(looks.map(({ conversationId, block }) => queryOf(wanted, prefixOf(conversationId, block)))),
    String(limit),
  );

/** PostgreSQL's query for messages that have one of each; terms have nothing that would have to be quoted. */
const queryOf = (wanted: readonly AnyOf[], prefix: string): string =>
  wanted
    .map((anyOf) => anyOf.map(({ term, isPrefix }) => `'${prefix}${term}'${isPrefix ? ':*' : ''}`).join(' | '))
    .map((alternatives) => `(${alternatives})`)
    .join(' & ');
