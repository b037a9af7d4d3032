import { APPEARANCE_KEYS, type Conversation, hasReceipts, type Store } from '@hongyan/core';
import { type ConversationId, ConversationKind, ProtocolError, type UserId, type Watch } from '@hongyan/protocol';
import { Relation, type SeenAccount, type SeenConversation, type Sight } from '@hongyan/protocol/cluster';
import type { Caller } from './caller.ts';
import type { Conversations } from './conversations.ts';
import type { Gate } from './gate.ts';

/**
 * What other accounts are to one: whether they are friends, or one has blocked the other. Those that are not in the answer
 * are strangers. Who changes it says so (`SightChanged`).
 */
export type Relations = (userId: UserId, others: readonly UserId[]) => Promise<ReadonlyMap<UserId, Relation>>;

export interface SightParts {
  store: Store;
  conversations: Conversations;
  /** Bounds what is read at once. */
  reads: Gate;
  relations: Relations;
}

/** What the caller may see of what it watches (PRS-5, PRS-8). Rejects with StoreError, or ProtocolError OVERLOADED. */
export function see(parts: SightParts, { userId }: Caller, { userIds, conversationIds }: Watch): Promise<Sight> {
  return parts.reads.run(userId, async () => {
    const [accounts, opened] = await Promise.all([
      seenAccounts(parts, userId, userIds),
      Promise.all(conversationIds.map((id) => openFor(parts.conversations, id, userId))),
    ]);
    const conversations: SeenConversation[] = [];
    for (const conversation of opened) {
      const seen = conversation && (await seenConversation(parts, userId, conversation));
      if (seen !== undefined) conversations.push(seen);
    }
    return { accounts, conversations };
  });
}

async function seenAccounts(
  { store, relations }: SightParts,
  watcherId: UserId,
  userIds: readonly UserId[],
): Promise<SeenAccount[]> {
  const [related, records, seen] = await Promise.all([
    relations(watcherId, userIds),
    store.records.under(APPEARANCE_KEYS, userIds),
    store.accounts.lastSeen(userIds),
  ]);
  const recordsOf = Map.groupBy(records, (owned) => owned.userId);
  const seenMs = new Map(seen.map((last) => [last.userId, last.seenMs]));
  return userIds.map((userId) => ({
    userId,
    relation: userId === watcherId ? Relation.SELF : (related.get(userId) ?? Relation.STRANGER),
    records: (recordsOf.get(userId) ?? []).map(({ record }) => record),
    lastSeenMs: seenMs.get(userId) ?? 0,
  }));
}

/** Undefined where the caller is no member, or it cannot be one. */
async function openFor(
  conversations: Conversations,
  conversationId: ConversationId,
  userId: UserId,
): Promise<Conversation | undefined> {
  try {
    return await conversations.open(conversationId, userId);
  } catch (error) {
    if (error instanceof ProtocolError) return undefined;
    throw error;
  }
}

/** Undefined where nobody is told who types. */
async function seenConversation(
  { relations }: SightParts,
  userId: UserId,
  { id, kind, members }: Conversation,
): Promise<SeenConversation | undefined> {
  if (!hasReceipts(members.length)) return undefined;
  const related = await relations(userId, members);
  const blockedUserIds = members.filter((member) => related.get(member) === Relation.BLOCKED);
  if (kind === ConversationKind.DIRECT && blockedUserIds.length > 0) return undefined;
  return { conversationId: id, blockedUserIds };
}
