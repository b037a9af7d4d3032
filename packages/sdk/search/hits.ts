import { type ConversationId, decodeCleared, type Entry, type UserId } from '@hongyan/protocol';
import { highlightsOf, searchableOf } from '@hongyan/protocol/search';
import { type Change, changeAfter } from '../engine/changes.ts';
import { messageFromEntry } from '../engine/message.ts';
import type { EngineQueries } from '../engine/types.ts';
import type { SearchHit } from './types.ts';

/** What of an entry was found, with what later entries made of it; undefined when it was recalled meanwhile. */
export function hitOf(
  engine: EngineQueries,
  me: UserId,
  entry: Entry,
  changes: readonly Entry[],
  text: string,
): SearchHit | undefined {
  const change = changeOf(changes);
  const message = messageFromEntry(entry, { me, others: undefined, change });
  if (message.erased) return undefined;
  const { conversationId, clientMessageId, seq } = entry;
  const state = message.mine ? engine.messageState({ conversationId, clientMessageId, seq }) : undefined;
  const said = searchableOf(bodyOf(entry, change)).text;
  return { message: state ? { ...message, state } : message, text: said, highlights: highlightsOf(said, text) };
}

export const changeOf = (changes: readonly Entry[]): Change | undefined =>
  changes.reduce<Change | undefined>(changeAfter, undefined);

/** As it reads now. */
export const bodyOf = (entry: Entry, change: Change | undefined): Uint8Array => change?.edit?.body ?? entry.body;

/** REC-8: up to here nothing of the conversation is shown. */
export function clearedSeqOf(engine: EngineQueries, conversationId: ConversationId): number {
  const value = engine.record({ kind: 'cleared', conversationId });
  try {
    return value ? decodeCleared(value).throughSeq : 0;
  } catch {
    return 0;
  }
}
