import type { FoundRun, Store } from '@hongyan/core';
import { type ConversationId, decodeCleared, recordKey, type UserId } from '@hongyan/protocol';

/** REC-8: up to where an account has cleared each of these conversations, in their order; 0 where it has not. */
export async function clearedSeqs(
  { records }: Store,
  userId: UserId,
  conversationIds: readonly ConversationId[],
): Promise<number[]> {
  const keys = conversationIds.map((conversationId) => recordKey({ kind: 'cleared', conversationId }));
  const values = await records.values(userId, keys);
  return values.map((record) => (record === undefined ? 0 : throughSeqOf(record.value)));
}

/** What cannot be read hides nothing (REC-1). */
function throughSeqOf(value: Uint8Array): number {
  try {
    return decodeCleared(value).throughSeq;
  } catch {
    return 0;
  }
}

/** Where a search goes on above what was cleared, and what of each run is to be shown. */
export const aboveCleared = (runs: readonly FoundRun[], cleared: readonly number[]): FoundRun[] =>
  runs.map(({ hits, beforeSeq }, at) => {
    const clearedSeq = cleared[at] ?? 0;
    return { hits: hits.filter(({ seq }) => seq > clearedSeq), beforeSeq: beforeSeq <= clearedSeq + 1 ? 0 : beforeSeq };
  });
