import {
  absorbHead,
  type Conversation,
  type ConversationHead,
  cursorSum,
  cursorsFor,
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
    if (known === undefined) {
      return {
        conversationHash: conversationHash(head.conversationId),
        seq: head.lastSeq,
        cursorSum: cursorSum(head.cursors),
        head,
      };
    }
    absorbHead(known, head);
    return {
      conversationHash: known.hash,
      seq: known.lastSeq,
      cursorSum: cursorSum(cursorsFor(known, userId)),
      head,
    };
  });
}

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
  if (known !== undefined) {
    absorbHead(known, head);
    return known;
  }
  if (head.cursors.length < head.memberCount) return conversations.open(head.conversationId, userId);
  const stored = storedConversation(head);
  return stored && conversations.adopt(stored);
}
