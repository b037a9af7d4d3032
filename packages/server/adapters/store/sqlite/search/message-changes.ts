import type { ConversationId } from '@hongyan/protocol';
import type { Database } from 'better-sqlite3';
import { createIndexRows } from './index-rows.ts';
import { createFindMessage } from './messages.ts';
import { createFindProgress } from './progress.ts';

export interface IndexedChanges {
  /** The message will read as `body`. */
  edited(conversationId: ConversationId, seq: number, body: Uint8Array): void;
  /** The message will be erased. */
  erased(conversationId: ConversationId, seq: number): void;
}

/** Keeps the index true of the messages that are in it, inside the caller's transaction and before it changes them. */
export function createIndexedChanges(database: Database): IndexedChanges {
  const findProgress = createFindProgress(database);
  const findMessage = createFindMessage(database);
  const rows = createIndexRows(database);

  function change(conversationId: ConversationId, seq: number, body: Uint8Array | undefined): void {
    const progress = findProgress(conversationId);
    if (progress === undefined || seq <= progress.afterSeq || seq > progress.throughSeq) return;
    const message = findMessage(conversationId, seq);
    if (message === undefined) return;
    rows.remove(progress, message);
    if (body !== undefined) rows.add(progress, { ...message, body });
  }

  return {
    edited: change,
    erased: (conversationId, seq) => change(conversationId, seq, undefined),
  };
}
