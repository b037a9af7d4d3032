import { RECEIPT_MEMBERS_MAX } from '@hongyan/core';
import type { ConversationHead } from '@hongyan/core/ports';
import { decodeFacts } from '@hongyan/protocol';
import { integer, optionalBytes, text } from '../wire/columns.ts';
import type { Row, Statement } from '../wire/statement.ts';
import { MEMBER_HEAD, memberHeadOf, WITH_CURSORS } from './member-reads.ts';

/** Facts may be large, so of the rows of a conversation, one for each member, only the first has them. */
const factsIf = (isFirst: string): string => `CASE WHEN ${isFirst} AND h.facts_seq > 0 THEN
      (SELECT f.facts FROM conversation_facts f WHERE f.conversation_id = h.conversation_id) END`;

export const headOf: Statement = {
  name: 'head_of',
  text: `SELECT h.conversation_id, h.last_seq, h.member_count, ${factsIf('row_number() OVER (ORDER BY m.user_id) = 1')},
      ${MEMBER_HEAD}
    FROM conversations h
    LEFT JOIN members m ON m.conversation_id = h.conversation_id AND m.until_seq = 0 ${WITH_CURSORS}
    WHERE h.conversation_id = $1 ORDER BY m.user_id`,
};

const LATEST_FIRST = 'h.last_time_ms DESC, h.conversation_id, m.user_id';

/** `is_shared`: everybody's row is told, and not the account's own alone. What OFFSET 0 ends is looked up one by one. */
const toldTo = (name: string, conversations: string): Statement => ({
  name,
  text: `SELECT h.conversation_id, CASE o.until_seq WHEN 0 THEN h.last_seq ELSE o.until_seq END, h.member_count,
      ${factsIf(`h.conversation_id IS DISTINCT FROM lag(h.conversation_id) OVER (ORDER BY ${LATEST_FIRST})`)},
      ${MEMBER_HEAD}
    FROM (
      SELECT c.conversation_id, c.last_seq, c.last_time_ms, c.member_count, c.facts_seq FROM ${conversations}
    ) AS h
    CROSS JOIN LATERAL (
      SELECT until_seq, until_seq = 0 AND h.member_count <= ${RECEIPT_MEMBERS_MAX} AS is_shared
      FROM members WHERE conversation_id = h.conversation_id AND user_id = $1 OFFSET 0
    ) AS o
    CROSS JOIN LATERAL (
      SELECT * FROM members WHERE conversation_id = h.conversation_id AND until_seq = 0 AND o.is_shared
      UNION ALL
      SELECT * FROM members WHERE conversation_id = h.conversation_id AND user_id = $1 AND NOT o.is_shared
    ) AS m ${WITH_CURSORS}
    ORDER BY ${LATEST_FIRST}`,
});

export const headsOf = toldTo(
  'heads_of',
  `memberships s JOIN conversations c ON c.conversation_id = s.conversation_id
      WHERE s.user_id = $1 ORDER BY c.last_time_ms DESC, c.conversation_id LIMIT $2::bigint`,
);
export const headFor = toldTo('head_for', 'conversations c WHERE c.conversation_id = $2');

export const factsOf: Statement = {
  name: 'facts_of',
  text: 'SELECT facts FROM conversation_facts WHERE conversation_id = $1',
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
