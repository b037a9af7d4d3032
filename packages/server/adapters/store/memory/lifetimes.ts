import { EntryKind } from '@hongyan/protocol';
import type { MemoryConversation, MemoryState } from './state.ts';

const NO_BYTES = new Uint8Array(0);

/** Takes a message's body, and those of its edits, and whom they mention. */
export function erase({ entries }: MemoryConversation, seq: number): void {
  for (const [at, entry] of entries.entries()) {
    const { header, ...bare } = entry;
    const isEdit = entry.kind === EntryKind.EDIT && header?.targetSeq === seq;
    if (isEdit) entries[at] = { ...bare, body: NO_BYTES, header: { ...header, mentionedIds: [], mentionsAll: false } };
    if (entry.seq === seq && entry.kind === EntryKind.MESSAGE) entries[at] = { ...bare, body: NO_BYTES };
  }
}

/** Notes since when the lifetimes count that count from reading. */
export function readBy(
  { entries, readAtMs }: MemoryConversation,
  reader: { userId: string; afterSeq: number; readSeq: number },
  timeMs: number,
): void {
  for (const entry of entries.slice(reader.afterSeq, reader.readSeq)) {
    const isTimed = entry.header?.livesFromRead === true && entry.senderId !== reader.userId;
    if (isTimed && !readAtMs.has(entry.seq)) readAtMs.set(entry.seq, timeMs);
  }
}

export function expire(state: MemoryState, { nowMs, limit }: { nowMs: number; limit: number }): number {
  const due = [...state.conversations.values()]
    .flatMap((conversation) =>
      conversation.entries.flatMap(({ seq, header, serverTimeMs, body }) => {
        const sinceMs = header?.livesFromRead ? conversation.readAtMs.get(seq) : serverTimeMs;
        if (!header?.lifetimeMs || sinceMs === undefined || body.length === 0) return [];
        return [{ conversation, seq, dueMs: sinceMs + header.lifetimeMs }];
      }),
    )
    .filter(({ dueMs }) => dueMs <= nowMs)
    .sort((a, b) => a.dueMs - b.dueMs)
    .slice(0, Math.max(limit, 0));
  for (const { conversation, seq } of due) erase(conversation, seq);
  return due.length;
}
