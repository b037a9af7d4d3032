import { hasReceipts } from '@hongyan/core';
import type { Appended, AppendRequest, ConversationHead, EntryQuery, OthersQuery } from '@hongyan/core/ports';
import type { ConversationId, Entry, UserId } from '@hongyan/protocol';
import { addUserEvent, getOrAdd, type MemoryState } from './state.ts';

export function append(state: MemoryState, request: AppendRequest): Appended {
  const { members, ...fields } = request;
  const { conversationId, senderId, clientMessageId, serverTimeMs } = fields;
  const sends = getOrAdd(state.sends, senderId, () => new Map<string, Entry>());
  const first = sends.get(clientMessageId);
  if (first !== undefined) {
    const { conversationId, seq, serverTimeMs } = first;
    return { conversationId, seq, serverTimeMs, duplicate: true, joined: [] };
  }
  const isNew = !state.conversations.has(conversationId);
  const { entries } = getOrAdd(state.conversations, conversationId, () => ({
    members: [...new Set(members)].sort(),
    entries: [],
  }));
  const entry: Entry = { ...fields, seq: entries.length + 1 };
  entries.push(entry);
  sends.set(clientMessageId, entry);
  const joined = isNew ? [...new Set(members)].map((userId) => join(state, userId, conversationId, serverTimeMs)) : [];
  return { conversationId, seq: entry.seq, serverTimeMs, duplicate: false, joined };
}

function join(state: MemoryState, userId: UserId, conversationId: ConversationId, timeMs: number) {
  getOrAdd(state.memberships, userId, () => []).push(conversationId);
  const event = addUserEvent(state, userId, timeMs, { case: 'conversationJoined', value: { conversationId } });
  return { userId, event };
}

export function readEntries(state: MemoryState, query: EntryQuery): Entry[] {
  const entries = state.conversations.get(query.conversationId)?.entries ?? [];
  // Entry n stands at index n - 1.
  const start = Math.max(query.afterSeq, 0);
  const end = Math.max(Math.min(query.beforeSeq - 1, entries.length), start);
  const count = Math.min(Math.max(query.limit, 0), end - start);
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

export function head(state: MemoryState, conversationId: ConversationId): ConversationHead | undefined {
  const conversation = state.conversations.get(conversationId);
  if (conversation === undefined) return undefined;
  const cursors = state.cursors.get(conversationId);
  return {
    conversationId,
    lastSeq: conversation.entries.length,
    memberCount: conversation.members.length,
    cursors: conversation.members.map((userId) => ({
      ...(cursors?.get(userId) ?? { userId, deliveredSeq: 0, readSeq: 0 }),
    })),
  };
}

export function heads(state: MemoryState, userId: UserId, limit: number): ConversationHead[] {
  const activeAtMs = (id: ConversationId) => state.conversations.get(id)?.entries.at(-1)?.serverTimeMs ?? 0;
  return [...(state.memberships.get(userId) ?? [])]
    .sort((a, b) => activeAtMs(b) - activeAtMs(a) || (a < b ? -1 : 1))
    .slice(0, Math.max(limit, 0))
    .flatMap((id) => head(state, id) ?? [])
    .map((found) => ({
      ...found,
      cursors: hasReceipts(found.memberCount)
        ? found.cursors
        : found.cursors.filter((cursor) => cursor.userId === userId),
    }));
}

export function countOthers(state: MemoryState, query: OthersQuery): number {
  const { conversationId, userId, afterSeq, throughSeq, max, scanMax } = query;
  const entries = state.conversations.get(conversationId)?.entries ?? [];
  const end = Math.max(Math.min(throughSeq, entries.length), 0);
  const seen = entries.slice(Math.max(afterSeq, end - Math.max(scanMax, 0), 0), end);
  return Math.min(seen.filter(({ senderId }) => senderId !== userId).length, Math.max(max, 0));
}
