import type { MemberHead, MemberQuery, StoredMember } from '@hongyan/core/ports';
import type { ConversationId, UserId } from '@hongyan/protocol';
import { fold } from '../fold.ts';
import type { MemoryState } from './state.ts';

export function members(state: MemoryState, { conversationId, text, after, limit }: MemberQuery): StoredMember[] {
  const sought = fold(text);
  return [...(state.conversations.get(conversationId)?.members.values() ?? [])]
    .filter(({ untilSeq }) => untilSeq === 0)
    .sort(inOrder)
    .filter((member) => after === undefined || inOrder(member, after) > 0)
    .filter((member) => {
      const user = state.users.get(member.userId);
      const names = [member.nickname, user?.handle ?? '', user?.displayName ?? ''];
      return names.some((name) => fold(name).includes(sought));
    })
    .slice(0, Math.max(limit, 0));
}

export function member(state: MemoryState, conversationId: ConversationId, userId: UserId): MemberHead | undefined {
  const found = state.conversations.get(conversationId)?.members.get(userId);
  if (found === undefined) return undefined;
  const { deliveredSeq = 0, readSeq = 0 } = state.cursors.get(conversationId)?.get(userId) ?? {};
  return { ...found, deliveredSeq, readSeq };
}

/** Higher roles first, then by id. */
function inOrder(a: Pick<StoredMember, 'role' | 'userId'>, b: Pick<StoredMember, 'role' | 'userId'>): number {
  if (a.role !== b.role) return b.role - a.role;
  return a.userId < b.userId ? -1 : Number(a.userId > b.userId);
}
