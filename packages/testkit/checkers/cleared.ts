import { type ConversationId, decodeCleared } from '@hongyan/protocol';
import type { EngineView } from './checker.ts';

/** REC-8: entries up to here are not shown on this device. */
export function clearedSeq(engine: EngineView, conversationId: ConversationId): number {
  const value = engine.record?.({ kind: 'cleared', conversationId });
  return value === undefined ? 0 : decodeCleared(value).throughSeq;
}
