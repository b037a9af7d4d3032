import { placedChange, plainMember } from '@hongyan/core';
import type { AppendRequest, StoredMember } from '@hongyan/core/ports';
import { ConversationKind, parseConversationId, Role } from '@hongyan/protocol';

/** Who belongs to a conversation from its first entry on, each of them once. What comes with that entry has the last word. */
export function firstMembers({ conversationId, members, change }: AppendRequest): StoredMember[] {
  const isGroup = parseConversationId(conversationId)?.kind === ConversationKind.GROUP;
  const named = [...new Set(members)].map(plainMember);
  const first = named.map((member, at) => (isGroup && at === 0 ? { ...member, role: Role.OWNER } : member));
  const changed = change === undefined ? [] : placedChange(change, 1).members;
  return [...new Map([...first, ...changed].map((member) => [member.userId, member])).values()];
}
