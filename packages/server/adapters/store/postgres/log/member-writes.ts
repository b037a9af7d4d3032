import type { StoredMember } from '@hongyan/core/ports';
import { type ConversationId, encodeFacts, type UserId } from '@hongyan/protocol';
import { fold } from '../../fold.ts';
import { bodies, integers, texts } from '../wire/arrays.ts';
import { type Call, call, type Statement } from '../wire/statement.ts';

/** Behind the statements that begin and grow conversations; facts_seq is 0 where facts stay. */
export const changeConversations: Statement = {
  name: 'change_conversations',
  text: `UPDATE conversations c SET member_count = c.member_count + g.joined_count,
      facts_seq = greatest(c.facts_seq, g.facts_seq)
    FROM unnest($1::text[], $2::bigint[], $3::bigint[]) AS g(conversation_id, joined_count, facts_seq)
    WHERE c.conversation_id = g.conversation_id`,
};

export const saveFacts: Statement = {
  name: 'save_facts',
  text: `INSERT INTO conversation_facts (conversation_id, facts) SELECT * FROM unnest($1::text[], $2::bytea[])
    ON CONFLICT (conversation_id) DO UPDATE SET facts = excluded.facts`,
};

export const saveMembers: Statement = {
  name: 'save_members',
  text: `INSERT INTO members (conversation_id, user_id, role, nickname, nickname_folded, muted_until_ms, from_seq, until_seq,
      parting_facts)
    SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[], $4::text[], $5::text[], $6::bigint[], $7::bigint[],
      $8::bigint[], $9::bytea[])
    ON CONFLICT (conversation_id, user_id) DO UPDATE SET role = excluded.role, nickname = excluded.nickname,
      nickname_folded = excluded.nickname_folded, muted_until_ms = excluded.muted_until_ms,
      from_seq = excluded.from_seq, until_seq = excluded.until_seq, parting_facts = excluded.parting_facts`,
};

/** Who was a member before has it already. */
export const addMemberships: Statement = {
  name: 'add_memberships',
  text: `INSERT INTO memberships (user_id, conversation_id) SELECT DISTINCT * FROM unnest($1::text[], $2::text[])
    ON CONFLICT (user_id, conversation_id) DO NOTHING`,
};

interface MemberRow {
  conversationId: ConversationId;
  member: StoredMember;
}

/** Rows as they are from now on, and who has a conversation in the list from now on. */
export function memberCalls(
  rows: readonly MemberRow[],
  joined: readonly { conversationId: ConversationId; userId: UserId }[],
): Call[] {
  const of = <Value>(value: (member: StoredMember) => Value) => rows.map(({ member }) => value(member));
  const saved = call(
    saveMembers,
    texts(rows.map(({ conversationId }) => conversationId)),
    texts(of(({ userId }) => userId)),
    integers(of(({ role }) => role)),
    texts(of(({ nickname }) => nickname)),
    texts(of(({ nickname }) => fold(nickname))),
    integers(of(({ mutedUntilMs }) => mutedUntilMs)),
    integers(of(({ fromSeq }) => fromSeq)),
    integers(of(({ untilSeq }) => untilSeq)),
    bodies(of(({ partingFacts }) => partingFacts && encodeFacts(partingFacts))),
  );
  const userIds = texts(joined.map(({ userId }) => userId));
  const added = call(addMemberships, userIds, texts(joined.map(({ conversationId }) => conversationId)));
  return [...(rows.length === 0 ? [] : [saved]), ...(joined.length === 0 ? [] : [added])];
}
