import type { StoredMember } from '@hongyan/core/ports';
import { type ConversationId, encodeFacts, type Facts, type UserId } from '@hongyan/protocol';
import type { Database } from 'better-sqlite3';
import { fold } from '../fold.ts';

export interface MemberWrites {
  /** Makes the rows what is given, and answers by how many members there are more now. */
  save(conversationId: ConversationId, members: readonly StoredMember[]): number;
  saveFacts(conversationId: ConversationId, facts: Facts): void;
  /** The account has the conversation in its list, for ever. */
  remember(userId: UserId, conversationId: ConversationId): void;
}

/** Who belongs to a conversation and what it is, inside the caller's transaction. */
export function createMemberWrites(database: Database): MemberWrites {
  const findUntilSeq = database
    .prepare<[string, string], number>('SELECT until_seq FROM members WHERE conversation_id = ? AND user_id = ?')
    .pluck();
  const saveMember = database.prepare(
    `INSERT INTO members (conversation_id, user_id, role, nickname, nickname_folded, muted_until_ms, from_seq, until_seq,
       parting_facts)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET role = excluded.role, nickname = excluded.nickname,
       nickname_folded = excluded.nickname_folded, muted_until_ms = excluded.muted_until_ms,
       from_seq = excluded.from_seq, until_seq = excluded.until_seq, parting_facts = excluded.parting_facts`,
  );
  const saveFacts = database.prepare(
    `INSERT INTO conversation_facts (conversation_id, facts) VALUES (?, ?)
     ON CONFLICT DO UPDATE SET facts = excluded.facts`,
  );
  const remember = database.prepare(
    'INSERT INTO memberships (user_id, conversation_id) VALUES (?, ?) ON CONFLICT DO NOTHING',
  );

  function save(conversationId: ConversationId, member: StoredMember): number {
    const { userId, role, nickname, mutedUntilMs, fromSeq, untilSeq, partingFacts } = member;
    const wasMember = findUntilSeq.get(conversationId, userId) === 0;
    const window = [mutedUntilMs, fromSeq, untilSeq, partingFacts ? encodeFacts(partingFacts) : null];
    saveMember.run(conversationId, userId, role, nickname, fold(nickname), ...window);
    return Number(untilSeq === 0) - Number(wasMember);
  }

  return {
    save: (conversationId, members) => members.reduce((sum, member) => sum + save(conversationId, member), 0),
    saveFacts: (conversationId, facts) => saveFacts.run(conversationId, encodeFacts(facts)),
    remember: (userId, conversationId) => remember.run(userId, conversationId),
  };
}
