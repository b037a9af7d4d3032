import { RECEIPT_MEMBERS_MAX } from '@hongyan/core';
import type { ConversationHead } from '@hongyan/core/ports';
import { decodeFacts } from '@hongyan/protocol';
import { integer, optionalBytes, text } from '../wire/columns.ts';
import type { Row, Statement } from '../wire/statement.ts';
import { MEMBER_HEAD, memberHeadOf, WITH_CURSORS } from './member-reads.ts';

// Facts may be large, so of the rows of a conversation, one for each member, only the first has them.
const FACTS = 'LEFT JOIN conversation_facts f ON h.facts_seq > 0 AND f.conversation_id = h.conversation_id';

export const headOf: Statement = {
  name: 'head_of',
  text: `SELECT h.conversation_id, h.last_seq, h.member_count,
      CASE WHEN row_number() OVER (ORDER BY m.user_id) = 1 THEN f.facts END, ${MEMBER_HEAD}
    FROM conversations h ${FACTS}
    LEFT JOIN members m ON m.conversation_id = h.conversation_id AND m.until_seq = 0 ${WITH_CURSORS}
    WHERE h.conversation_id = $1 ORDER BY m.user_id`,
};

/** `is_shared`: everybody's row is told, and not the account's own alone. */
export const headsOf: Statement = {
  name: 'heads_of',
  text: `SELECT h.conversation_id, CASE h.until_seq WHEN 0 THEN h.last_seq ELSE h.until_seq END, h.member_count,
      CASE WHEN h.conversation_id IS DISTINCT FROM lag(h.conversation_id) OVER
        (ORDER BY h.last_time_ms DESC, h.conversation_id, m.user_id) THEN f.facts END, ${MEMBER_HEAD}
    FROM (
      SELECT c.conversation_id, c.last_seq, c.last_time_ms, c.member_count, c.facts_seq, o.until_seq,
        o.until_seq = 0 AND c.member_count <= ${RECEIPT_MEMBERS_MAX} AS is_shared
      FROM memberships s
      JOIN conversations c ON c.conversation_id = s.conversation_id
      JOIN members o ON o.conversation_id = s.conversation_id AND o.user_id = $1
      WHERE s.user_id = $1 ORDER BY c.last_time_ms DESC, c.conversation_id LIMIT $2::bigint
    ) AS h
    ${FACTS}
    JOIN LATERAL (
      SELECT * FROM members WHERE conversation_id = h.conversation_id AND until_seq = 0 AND h.is_shared
      UNION ALL
      SELECT * FROM members WHERE conversation_id = h.conversation_id AND user_id = $1 AND NOT h.is_shared
    ) AS m ON true ${WITH_CURSORS}
    ORDER BY h.last_time_ms DESC, h.conversation_id, m.user_id`,
};

/** One row for each member; the rows of a conversation stand together. */
export function headsFrom(rows: readonly Row[]): ConversationHead[] {
  const heads: ConversationHead[] = [];
  for (const row of rows) {
    const conversationId = text(row, 0);
    let head = heads.at(-1);
    if (head?.conversationId !== conversationId) {
      const facts = optionalBytes(row, 3);
      head = {
        ...{ conversationId, lastSeq: integer(row, 1), memberCount: integer(row, 2) },
        facts: facts && decodeFacts(facts),
        members: [],
      };
      heads.push(head);
    }
    if (row[4] !== null) head.members.push(memberHeadOf(row, 4));
  }
  return heads;
}
