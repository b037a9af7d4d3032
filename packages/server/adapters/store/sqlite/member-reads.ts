import type { MemberQuery, StoredMember } from '@hongyan/core/ports';
import type { Database } from 'better-sqlite3';
import { containing } from '../like.ts';
import type { Handlers, ReadCalls } from './calls.ts';
import {
  MEMBER_COLUMNS,
  type MemberHeadRow,
  type MemberRow,
  memberHead,
  selectMemberHeads,
  storedMember,
} from './member-rows.ts';

type MemberReads = Pick<ReadCalls, 'members' | 'member'>;

const NAMES = `AND (m.nickname_folded LIKE :pattern ESCAPE '\\' OR u.handle_folded LIKE :pattern ESCAPE '\\'
  OR u.display_name_folded LIKE :pattern ESCAPE '\\')`;

/** A page begins within a role and goes on with those below: each part is a range of the index. */
interface Part {
  conversationId: string;
  role: number;
  userId: string;
  pattern: string;
  limit: number;
}

export function createMemberReads(database: Database): Handlers<MemberReads> {
  const part = (range: string, order: string, names: 'any' | 'matching') =>
    database.prepare<[Part], MemberRow>(
      `SELECT ${MEMBER_COLUMNS} FROM members m ${names === 'any' ? '' : 'LEFT JOIN users u ON u.user_id = m.user_id'}
       WHERE m.conversation_id = :conversationId AND m.until_seq = 0 AND ${range} ${names === 'any' ? '' : NAMES}
       ORDER BY ${order} LIMIT :limit`,
    );
  const parts = (names: 'any' | 'matching') => ({
    ofRole: part('m.role = :role AND m.user_id > :userId', 'm.user_id', names),
    below: part('m.role < :role', 'm.role DESC, m.user_id', names),
  });
  const all = parts('any');
  const matching = parts('matching');
  const one = database.prepare<[string, string], MemberHeadRow>(
    selectMemberHeads('m.conversation_id = ? AND m.user_id = ?'),
  );

  function page({ conversationId, text, after, limit }: MemberQuery): StoredMember[] {
    const { ofRole, below } = text === '' ? all : matching;
    const most = Math.max(limit, 0);
    const { role, userId } = after ?? { role: Number.MAX_SAFE_INTEGER, userId: '' };
    const asked = { conversationId, role, userId, pattern: containing(text) };
    const first = after === undefined ? [] : ofRole.all({ ...asked, limit: most });
    return [...first, ...below.all({ ...asked, limit: most - first.length })].map(storedMember);
  }

  return {
    // One snapshot for the parts.
    members: database.transaction(page),
    member: ({ conversationId, userId }) => one.all(conversationId, userId).map(memberHead)[0],
  };
}
