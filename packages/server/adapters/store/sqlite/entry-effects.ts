import type { AppendRequest } from '@hongyan/core/ports';
import { type Entry, EntryKind } from '@hongyan/protocol';
import type { Database } from 'better-sqlite3';
import { changedSeq, erasedEditHeader, lifetimeOf, mentionedBy, NO_BYTES } from '../entry-effects.ts';
import { createErase } from './erase.ts';
import { createIndexedChanges } from './search/message-changes.ts';

export interface EntryEffects {
  /** Does what an entry with a header comes to beside itself, and answers what is kept of it. */
  take(request: AppendRequest, seq: number): Pick<Entry, 'body' | 'header'>;
}

/** Mentions, lifetimes and changes of messages, inside the caller's transaction. */
export function createEntryEffects(database: Database): EntryEffects {
  const erase = createErase(database);
  const indexed = createIndexedChanges(database);
  const findMessage = database.prepare<[string, number], { senderId: string; byteCount: number }>(
    `SELECT sender_id AS senderId, length(body) AS byteCount FROM entries
     WHERE conversation_id = ? AND seq = ? AND kind = ${EntryKind.MESSAGE}`,
  );
  const supersedeEdit = database.prepare(
    `UPDATE message_changes SET superseded = ? WHERE conversation_id = ? AND target_seq = ? AND kind = ${EntryKind.EDIT}
       AND superseded = 0`,
  );
  const supersedeReaction = database.prepare(
    `UPDATE message_changes SET superseded = ? WHERE conversation_id = ? AND target_seq = ?
       AND kind = ${EntryKind.REACTION} AND sender_id = ? AND superseded = 0`,
  );
  const addChange = database.prepare(
    `INSERT INTO message_changes (conversation_id, target_seq, seq, kind, sender_id, superseded) VALUES (?, ?, ?, ?, ?, 0)`,
  );
  const addMention = database.prepare(
    'INSERT INTO mentions (conversation_id, seq, user_id, sender_id) VALUES (?, ?, ?, ?)',
  );
  const clearMentions = database.prepare('DELETE FROM mentions WHERE conversation_id = ? AND seq = ?');
  const addLifetime = database.prepare(
    `INSERT INTO lifetimes (conversation_id, seq, sender_id, lifetime_ms, due_at_ms) VALUES (?, ?, ?, ?, ?)`,
  );

  function takeMessage(request: AppendRequest, seq: number): void {
    const { conversationId, senderId, serverTimeMs, body, header } = request;
    // An empty one is as one that was erased.
    if (body.length === 0) return;
    for (const userId of mentionedBy(header, senderId)) addMention.run(conversationId, seq, userId, senderId);
    const lifetime = lifetimeOf(request);
    if (lifetime === undefined) return;
    const { lifetimeMs, fromSent } = lifetime;
    addLifetime.run(conversationId, seq, senderId, lifetimeMs, fromSent ? serverTimeMs + lifetimeMs : 0);
  }

  function takeEdit(request: AppendRequest, seq: number, targetSeq: number): Pick<Entry, 'body' | 'header'> {
    const { conversationId, body, header } = request;
    indexed.edited(conversationId, targetSeq, body);
    supersedeEdit.run(seq, conversationId, targetSeq);
    const message = findMessage.get(conversationId, targetSeq);
    if (message === undefined) return request;
    if (message.byteCount === 0) return { body: NO_BYTES, header: erasedEditHeader(targetSeq) };
    clearMentions.run(conversationId, targetSeq);
    for (const userId of mentionedBy(header, message.senderId)) {
      addMention.run(conversationId, targetSeq, userId, message.senderId);
    }
    return request;
  }

  return {
    take(request, seq) {
      const { conversationId, kind, senderId } = request;
      if (kind === EntryKind.MESSAGE) takeMessage(request, seq);
      const targetSeq = changedSeq(request);
      if (targetSeq === undefined) return request;
      if (kind === EntryKind.REACTION) supersedeReaction.run(seq, conversationId, targetSeq, senderId);
      const kept = kind === EntryKind.EDIT ? takeEdit(request, seq, targetSeq) : request;
      addChange.run(conversationId, targetSeq, seq, kind, senderId);
      if (kind === EntryKind.RECALL) erase(conversationId, targetSeq);
      return kept;
    },
  };
}
