import { type ConversationId, EntryKind, encodeEntryHeader } from '@hongyan/protocol';
import type { Database } from 'better-sqlite3';
import { erasedEditHeader } from '../entry-effects.ts';
import { createIndexedChanges } from './search/message-changes.ts';

/**
 * Takes a message's body, those of its EDITs, whom they mention, what they are found by and what was to become of them,
 * inside the caller's transaction.
 */
export function createErase(database: Database): (conversationId: ConversationId, seq: number) => void {
  const message = database.prepare(
    `UPDATE entries SET body = x'', header = NULL WHERE conversation_id = ? AND seq = ? AND kind = ${EntryKind.MESSAGE}`,
  );
  const edits = database.prepare(
    `UPDATE entries SET body = x'', header = ? WHERE conversation_id = ? AND seq IN
       (SELECT seq FROM message_changes WHERE conversation_id = ? AND target_seq = ? AND kind = ${EntryKind.EDIT})`,
  );
  const mentions = database.prepare('DELETE FROM mentions WHERE conversation_id = ? AND seq = ?');
  const lifetime = database.prepare('DELETE FROM lifetimes WHERE conversation_id = ? AND seq = ?');
  const indexed = createIndexedChanges(database);
  return (conversationId, seq) => {
    indexed.erased(conversationId, seq);
    if (message.run(conversationId, seq).changes === 0) return;
    edits.run(encodeEntryHeader(erasedEditHeader(seq)), conversationId, conversationId, seq);
    mentions.run(conversationId, seq);
    lifetime.run(conversationId, seq);
  };
}
