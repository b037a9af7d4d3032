import type { MemberHead } from '@hongyan/core';
import type { Store } from '@hongyan/core/ports';
import type { Limits, Reply, UserId } from '@hongyan/protocol';
import type { Caller } from './caller.ts';
import type { ConversationCommandBody } from './commands.ts';
import { fetchChanges, fetchEntries, fetchFormerConversation } from './history.ts';
import type { Receipts } from './receipts.ts';

type Answer = NonNullable<Reply['body']>;

export interface FormerParts {
  store: Store;
  limits: Limits;
  receipts: Receipts;
}

/** The membership of somebody whose membership has ended; undefined: there is none, or it has not. */
export async function formerMember(
  { log }: Store,
  conversationId: string,
  userId: UserId,
): Promise<MemberHead | undefined> {
  const member = await log.member(conversationId, userId);
  return member !== undefined && member.untilSeq > 0 ? member : undefined;
}

/**
 * What somebody may still ask of a conversation that it was a member of: to read what that covered, and to say how far it has.
 * undefined: nothing else. Rejects with StoreError.
 */
export async function runAsFormer(
  { store, limits, receipts }: FormerParts,
  caller: Caller,
  member: MemberHead,
  body: ConversationCommandBody,
): Promise<Answer | undefined> {
  const { userId } = caller;
  const { conversationId } = body.value;
  const readable = { conversationId, lastSeq: member.untilSeq };
  switch (body.case) {
    case 'fetchEntries':
      return { case: 'entryPage', value: await fetchEntries(store, limits, readable, userId, body.value) };
    case 'fetchChanges':
      return { case: 'entryPage', value: await fetchChanges(store, limits, readable, userId, body.value) };
    case 'fetchConversation': {
      const value = await fetchFormerConversation(store, limits, conversationId, member, body.value.limit);
      return { case: 'conversationUpdate', value };
    }
    case 'advanceCursor':
      receipts.formerAdvance(caller, conversationId, member, body.value);
      return { case: 'done', value: {} };
    case 'sendMessage':
    case 'changeConversation':
    case 'fetchMembers':
    case 'fetchReceiptCounts':
    case 'fetchReceivers':
      return undefined;
  }
}
