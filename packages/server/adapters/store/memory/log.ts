import { hasReceipts } from '@hongyan/core';
import type { ChangeQuery, ConversationHead, EntryQuery, MemberHead, OthersQuery } from '@hongyan/core/ports';
import { type ConversationId, type Entry, EntryKind, type UserId } from '@hongyan/protocol';
import { changedSeq, EVERYBODY, mentionedBy } from '../entry-effects.ts';
import { member } from './members.ts';
import type { MemoryConversation, MemoryState } from './state.ts';

/** The first and last seq that somebody may read; undefined: none. */
export function covered(conversation: MemoryConversation, viewerId: UserId | undefined): [number, number] | undefined {
  const lastSeq = conversation.entries.length;
  if (viewerId === undefined) return [1, lastSeq];
  const member = conversation.members.get(viewerId);
  return member && [member.fromSeq, member.untilSeq || lastSeq];
}

export function readEntries(state: MemoryState, query: EntryQuery): Entry[] {
  const conversation = state.conversations.get(query.conversationId);
  const window = conversation && covered(conversation, query.viewerId);
  if (conversation === undefined || window === undefined) return [];
  const [firstSeq, lastSeq] = window;
  // Entry n stands at index n - 1.
  const start = Math.max(query.afterSeq, firstSeq - 1, 0);
  const end = Math.max(Math.min(query.beforeSeq - 1, lastSeq), start);
  const count = Math.min(Math.max(query.limit, 0), end - start);
  const { entries } = conversation;
  if (query.from === 'oldest') return fitting(entries.slice(start, start + count), query.bytesMax);
  return fitting(entries.slice(end - count, end).reverse(), query.bytesMax).reverse();
}

/** The first ones whose bodies have `bytesMax` together, but at least one. */
function fitting(entries: readonly Entry[], bytesMax: number): Entry[] {
  let bytes = 0;
  const past = entries.findIndex(({ body }, at) => {
    bytes += body.length;
    return at > 0 && bytes > bytesMax;
  });
  return entries.slice(0, past === -1 ? entries.length : past);
}

export function changes(state: MemoryState, query: ChangeQuery): Entry[] {
  const conversation = state.conversations.get(query.conversationId);
  const window = conversation && covered(conversation, query.viewerId);
  if (conversation === undefined || window === undefined) return [];
  const about = conversation.entries.filter((entry) => {
    const targetSeq = changedSeq(entry);
    return targetSeq !== undefined && targetSeq >= query.fromTargetSeq && targetSeq <= query.toTargetSeq;
  });
  return about
    .filter(({ seq }) => seq >= window[0] && seq <= window[1])
    .filter((entry, _, seen) => !query.standing || !seen.some((later) => supersedes(later, entry)))
    .filter(({ seq }) => seq > query.afterSeq)
    .slice(0, Math.max(query.limit, 0));
}

function supersedes(later: Entry, entry: Entry): boolean {
  if (later.seq <= entry.seq || later.kind !== entry.kind) return false;
  if (later.header?.targetSeq !== entry.header?.targetSeq) return false;
  return entry.kind === EntryKind.EDIT || (entry.kind === EntryKind.REACTION && later.senderId === entry.senderId);
}

export function head(state: MemoryState, conversationId: ConversationId): ConversationHead | undefined {
  const conversation = state.conversations.get(conversationId);
  if (conversation === undefined) return undefined;
  const members = [...conversation.members.values()]
    .filter(({ untilSeq }) => untilSeq === 0)
    .sort((a, b) => (a.userId < b.userId ? -1 : 1));
  return {
    conversationId,
    lastSeq: conversation.entries.length,
    memberCount: members.length,
    facts: conversation.facts,
    members: members.map(({ userId }) => headOf(state, conversationId, userId)),
  };
}

export function heads(state: MemoryState, userId: UserId, limit: number): ConversationHead[] {
  const activeAtMs = (id: ConversationId) => state.conversations.get(id)?.entries.at(-1)?.serverTimeMs ?? 0;
  return [...(state.memberships.get(userId) ?? [])]
    .sort((a, b) => activeAtMs(b) - activeAtMs(a) || (a < b ? -1 : 1))
    .slice(0, Math.max(limit, 0))
    .flatMap((id) => headFor(state, id, userId) ?? []);
}

export function headFor(
  state: MemoryState,
  conversationId: ConversationId,
  userId: UserId,
): ConversationHead | undefined {
  const found = head(state, conversationId);
  if (found === undefined || member(state, conversationId, userId) === undefined) return undefined;
  const own = headOf(state, conversationId, userId);
  if (own.untilSeq > 0) return { ...found, lastSeq: own.untilSeq, members: [own] };
  return hasReceipts(found.memberCount) ? found : { ...found, members: [own] };
}

function headOf(state: MemoryState, conversationId: ConversationId, userId: UserId): MemberHead {
  const found = member(state, conversationId, userId);
  if (found === undefined) throw new TypeError('a membership without its member');
  return found;
}

export function countOthers(state: MemoryState, query: OthersQuery): number {
  const { conversationId, userId, afterSeq, throughSeq, max, scanMax } = query;
  const entries = state.conversations.get(conversationId)?.entries ?? [];
  const end = Math.max(Math.min(throughSeq, entries.length), 0);
  const seen = entries.slice(Math.max(afterSeq, end - Math.max(scanMax, 0), 0), end);
  return Math.min(seen.filter((entry) => isOthersMessage(entry, userId)).length, Math.max(max, 0));
}

const isOthersMessage = ({ kind, senderId, body }: Entry, userId: UserId): boolean =>
  kind === EntryKind.MESSAGE && senderId !== userId && body.length > 0;

/** Whom a message mentions is what its last edit says, if there is one. */
export function countMentions(state: MemoryState, query: Omit<OthersQuery, 'scanMax'>): number {
  const { conversationId, userId, afterSeq, throughSeq, max } = query;
  const entries = state.conversations.get(conversationId)?.entries ?? [];
  const mentioning = entries
    .slice(Math.max(afterSeq, 0), Math.max(throughSeq, 0))
    .filter((entry) => isOthersMessage(entry, userId))
    .filter((entry) => {
      const edit = entries.findLast((other) => other.kind === EntryKind.EDIT && changedSeq(other) === entry.seq);
      const mentioned = mentionedBy((edit ?? entry).header, entry.senderId);
      return mentioned.includes(userId) || mentioned.includes(EVERYBODY);
    });
  return Math.min(mentioning.length, Math.max(max, 0));
}
