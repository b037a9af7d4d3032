import {
  absorbHead,
  type Conversation,
  type ConversationHead,
  cursorSum,
  cursorsFor,
  isMember,
  type MemberHead,
  type Stateable,
  type Store,
  storedConversation,
} from '@hongyan/core';
import { conversationHash, type Limits, type UserId } from '@hongyan/protocol';
import type { Conversations } from './conversations.ts';

/** One of an account's conversations, as a device would state it that holds everything. */
export interface HeldConversation extends Stateable {
  head: ConversationHead;
}

/**
 * The account's conversations, the most recently active first, with what memory knows beyond the store. Nothing is taken
 * into use by it: most of them do not differ.
 */
export async function heldConversations(
  { store, limits, conversations }: { store: Store; limits: Limits; conversations: Conversations },
  userId: UserId,
): Promise<HeldConversation[]> {
  const heads = await store.log.heads(userId, limits.positionsMax);
  return heads.map((head) => {
    const known = conversations.peek(head.conversationId);
    if (known !== undefined) absorbHead(known, head);
    // What memory has may be older than the account's membership, or its end.
    const isOfUse = known !== undefined && isMember(known, userId) && formerIn(head) === undefined;
    return {
      conversationHash: known?.hash ?? conversationHash(head.conversationId),
      seq: isOfUse ? known.lastSeq : head.lastSeq,
      cursorSum: cursorSum(isOfUse ? cursorsFor(known, userId) : visibleCursors(head, userId)),
      head,
    };
  });
}

/** The account of whom `head` is, when it is no member any more. */
export const formerIn = ({ members: [first] }: ConversationHead): MemberHead | undefined =>
  first !== undefined && first.untilSeq > 0 ? first : undefined;

const visibleCursors = ({ members, facts }: ConversationHead, userId: UserId): readonly MemberHead[] =>
  facts?.policy?.receiptsHidden === true ? members.filter((member) => member.userId === userId) : members;

/**
 * Takes the conversation into use; undefined when its id is impossible, which no store should list. Of a large group more
 * has to be read than is listed. Rejects as `Conversations.open` does.
 */
export function adoptHead(
  conversations: Conversations,
  head: ConversationHead,
  userId: UserId,
): Conversation | undefined | Promise<Conversation> {
  const known = conversations.use(head.conversationId);
  if (known !== undefined && isMember(known, userId)) return conversations.absorb(known, head);
  if (known !== undefined || head.members.length < head.memberCount)
    return conversations.open(head.conversationId, userId);
  const stored = storedConversation(head);
  return stored && conversations.adopt(stored);
}
