import type { MemberHead, MemberQuery, StoredMember } from '@hongyan/core/ports';
import { decodeFacts, type Role } from '@hongyan/protocol';
import { containing } from '../../like.ts';
import { integer, optionalBytes, text } from '../wire/columns.ts';
import { type Call, call, type Row, type Statement } from '../wire/statement.ts';
import { atLeastZero } from './bounds.ts';

const MEMBER = 'm.user_id, m.role, m.nickname, m.muted_until_ms, m.from_seq, m.until_seq, m.parting_facts';

/** The columns of `memberHeadOf`, of `m` and `c`. */
export const MEMBER_HEAD = `${MEMBER}, coalesce(c.delivered_seq, 0), coalesce(c.read_seq, 0)`;
export const WITH_CURSORS = `
    LEFT JOIN cursors c ON c.conversation_id = m.conversation_id AND c.user_id = m.user_id`;

export const memberOf: Statement = {
  name: 'member_of',
  text: `SELECT ${MEMBER_HEAD} FROM members m ${WITH_CURSORS} WHERE m.conversation_id = $1 AND m.user_id = $2`,
};

const NAMED = `AND (m.nickname_folded LIKE $5 ESCAPE '\\' OR u.handle_folded LIKE $5 ESCAPE '\\'
        OR u.display_name_folded LIKE $5 ESCAPE '\\')`;

/** First the rest of the role that the page begins in, then those below: each part is a range of the index. */
function page(name: string, who: 'all' | 'named'): Statement {
  const part = (range: string, order: string) => `(
      SELECT ${MEMBER} FROM members m ${who === 'all' ? '' : 'LEFT JOIN users u ON u.user_id = m.user_id'}
      WHERE m.conversation_id = $1 AND m.until_seq = 0 AND ${range} ${who === 'all' ? '' : NAMED}
      ORDER BY ${order} LIMIT $4::bigint)`;
  return {
    name,
    text: `SELECT * FROM (
      ${part('m.role = $2::bigint AND m.user_id > $3', 'm.user_id')}
      UNION ALL
      ${part('m.role < $2::bigint', 'm.role DESC, m.user_id')}
    ) AS m ORDER BY m.role DESC, m.user_id LIMIT $4::bigint`,
  };
}

export const membersPage = page('members_page', 'all');
export const membersNamed = page('members_named', 'named');

/** Above every role: the page is the first one. */
const ABOVE_ALL = Number.MAX_SAFE_INTEGER;

export function membersCall({ conversationId, text: sought, after, limit }: MemberQuery): Call {
  const range = [conversationId, String(after?.role ?? ABOVE_ALL), after?.userId ?? '', atLeastZero(limit)] as const;
  return sought === '' ? call(membersPage, ...range) : call(membersNamed, ...range, containing(sought));
}

/** From the columns of `m` that begin at `at`. */
export function storedMemberOf(row: Row, at: number): StoredMember {
  const member: StoredMember = {
    userId: text(row, at),
    role: integer(row, at + 1) as Role,
    nickname: text(row, at + 2),
    mutedUntilMs: integer(row, at + 3),
    fromSeq: integer(row, at + 4),
    untilSeq: integer(row, at + 5),
  };
  const partingFacts = optionalBytes(row, at + 6);
  if (partingFacts !== undefined) member.partingFacts = decodeFacts(partingFacts);
  return member;
}

export const memberHeadOf = (row: Row, at: number): MemberHead => ({
  ...storedMemberOf(row, at),
  deliveredSeq: integer(row, at + 7),
  readSeq: integer(row, at + 8),
});
