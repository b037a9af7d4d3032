import { placedChange } from '@hongyan/core';
import type { Appended, AppendRequest, StoredMember } from '@hongyan/core/ports';
import { type ConversationId, encodeFacts, type Facts, type UserId } from '@hongyan/protocol';
import { firstMembers } from '../../first-members.ts';
import { bodies, integers, texts } from '../wire/arrays.ts';
import { integer, text } from '../wire/columns.ts';
import { type Call, call, type Row, type Statement } from '../wire/statement.ts';
import { changeConversations, memberCalls, saveFacts } from './member-writes.ts';
import type { UserEventBatch } from './user-logs.ts';

export const findMembers: Statement = {
  name: 'find_members',
  text: `SELECT m.conversation_id, m.user_id, m.until_seq FROM unnest($1::text[], $2::text[]) AS k(conversation_id, user_id)
    JOIN members m ON m.conversation_id = k.conversation_id AND m.user_id = k.user_id`,
};

/** Which of those that changes are about are members; no call when there are none. */
export function lookForMembers(requests: readonly AppendRequest[]): Call[] {
  const changed = requests.flatMap(({ conversationId, change }) =>
    (change?.members ?? []).map(({ userId }) => ({ conversationId, userId })),
  );
  if (changed.length === 0) return [];
  const conversationIds = texts(changed.map(({ conversationId }) => conversationId));
  return [call(findMembers, conversationIds, texts(changed.map(({ userId }) => userId)))];
}

/** Who belongs to the conversations of a batch and what these are, where that changes. */
export class MemberChanges {
  /** Members, by conversation and account; whoever else is looked up is none. */
  readonly #present: Set<string>;
  readonly #rows = new Map<string, { conversationId: ConversationId; member: StoredMember }>();
  readonly #changed = new Map<ConversationId, { joinedCount: number; facts: Facts | undefined }>();
  readonly #joined: { conversationId: ConversationId; userId: UserId }[] = [];

  constructor(found: readonly Row[]) {
    const present = found.filter((row) => integer(row, 2) === 0);
    this.#present = new Set(present.map((row) => keyOf(text(row, 0), text(row, 1))));
  }

  /** Takes what the entry at `seq` makes of its conversation, and answers who joins by it. */
  take(request: AppendRequest, seq: number, events: UserEventBatch): Appended['joined'] {
    const { conversationId, change, serverTimeMs } = request;
    const placed = change && placedChange(change, seq);
    const members = seq === 1 ? firstMembers(request) : (placed?.members ?? []);
    const { joinedCount, facts } = this.#changed.get(conversationId) ?? { joinedCount: 0, facts: undefined };
    const more = members.reduce((sum, member) => sum + this.#save(conversationId, member), 0);
    this.#changed.set(conversationId, { joinedCount: joinedCount + more, facts: placed?.facts ?? facts });
    const joined = seq === 1 ? members.map(({ userId }) => userId) : (change?.joined ?? []);
    return joined.map((userId) => {
      this.#joined.push({ conversationId, userId });
      const event = { case: 'conversationJoined', value: { conversationId } } as const;
      return { userId, event: events.add(userId, serverTimeMs, event) };
    });
  }

  calls(): Call[] {
    if (this.#changed.size === 0) return [];
    const changed = [...this.#changed];
    const decided = changed.flatMap(([id, { facts }]) => (facts === undefined ? [] : [{ id, facts }]));
    return [
      call(
        changeConversations,
        texts(changed.map(([id]) => id)),
        integers(changed.map(([, { joinedCount }]) => joinedCount)),
        integers(changed.map(([, { facts }]) => facts?.seq ?? 0)),
      ),
      ...(decided.length === 0
        ? []
        : [
            call(saveFacts, texts(decided.map(({ id }) => id)), bodies(decided.map(({ facts }) => encodeFacts(facts)))),
          ]),
      ...memberCalls([...this.#rows.values()], this.#joined),
    ];
  }

  /** Answers by how many members there are more now. */
  #save(conversationId: ConversationId, member: StoredMember): number {
    const key = keyOf(conversationId, member.userId);
    const wasMember = this.#present.has(key);
    const isMember = member.untilSeq === 0;
    if (isMember) this.#present.add(key);
    else this.#present.delete(key);
    this.#rows.set(key, { conversationId, member });
    return Number(isMember) - Number(wasMember);
  }
}

const keyOf = (conversationId: string, userId: string): string => `${conversationId}\n${userId}`;
