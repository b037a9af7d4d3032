import { EntryKind } from '@hongyan/protocol';
import { changedSeq, erasedEditHeader, lifetimeOf, NO_BYTES } from '../entry-effects.ts';
import type { MemoryConversation, MemoryState } from './state.ts';

/** Takes a message's body, and those of its edits, and whom they mention. */
export function erase({ entries }: MemoryConversation, seq: number): void {
  if (entries[seq - 1]?.kind !== EntryKind.MESSAGE) return;
  for (const [at, entry] of entries.entries()) {
    const { header: _, ...bare } = entry;
    const isEdit = entry.kind === EntryKind.EDIT && changedSeq(entry) === seq;
    if (isEdit) entries[at] = { ...bare, body: NO_BYTES, header: erasedEditHeader(seq) };
    if (entry.seq === seq) entries[at] = { ...bare, body: NO_BYTES };
  }
}

export function isErased({ entries }: MemoryConversation, seq: number): boolean {
  const message = entries[seq - 1];
  return message?.kind === EntryKind.MESSAGE && message.body.length === 0;
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
      conversation.entries.flatMap((entry) => {
        const { seq, serverTimeMs, body } = entry;
        const lifetime = lifetimeOf(entry);
        const sinceMs = lifetime?.fromSent ? serverTimeMs : conversation.readAtMs.get(seq);
        if (lifetime === undefined || sinceMs === undefined || body.length === 0) return [];
        return [{ conversation, seq, dueMs: sinceMs + lifetime.lifetimeMs }];
      }),
    )
    .filter(({ dueMs }) => dueMs <= nowMs)
    .sort((a, b) => a.dueMs - b.dueMs)
    .slice(0, Math.max(limit, 0));
  for (const { conversation, seq } of due) erase(conversation, seq);
  return due.length;
}
