import { type ConversationId, ConversationKind, type Entry, parseConversationId, type UserId } from '@hongyan/protocol';
import type { Settled } from '../checker.ts';
import { GroupFold } from './group-fold.ts';

/** A group after all its entries. */
export function groupAfter(log: readonly Entry[], founders: readonly UserId[]): GroupFold {
  const fold = new GroupFold(founders);
  for (const entry of log) fold.apply(entry);
  return fold;
}

export const isGroup = (conversationId: ConversationId): boolean =>
  parseConversationId(conversationId)?.kind === ConversationKind.GROUP;

/** What of a conversation an account may read; undefined: it never was a member. */
export function readableBy(
  { logs, founders }: Pick<Settled, 'logs' | 'founders'>,
  conversationId: ConversationId,
  userId: UserId,
): readonly Entry[] | undefined {
  const log = logs.get(conversationId) ?? [];
  if (!isGroup(conversationId)) {
    const members: readonly UserId[] = parseConversationId(conversationId)?.members ?? [];
    return members.includes(userId) ? log : undefined;
  }
  const membership = groupAfter(log, founders?.get(conversationId) ?? []).membershipOf(userId);
  return membership && log.filter(({ seq }) => seq >= membership.fromSeq && seq <= membership.toSeq);
}

/** Who belongs to a conversation now. */
export function membersOf(
  { logs, founders }: Pick<Settled, 'logs' | 'founders'>,
  conversationId: ConversationId,
): readonly UserId[] {
  if (!isGroup(conversationId)) return parseConversationId(conversationId)?.members ?? [];
  const fold = groupAfter(logs.get(conversationId) ?? [], founders?.get(conversationId) ?? []);
  return [...fold.members.keys()];
}
