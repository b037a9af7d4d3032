import type { ConversationId, UserId } from '@hongyan/protocol';
import type { Database } from 'better-sqlite3';
import type { Handlers, ReadCalls } from './calls.ts';
import { ENTRY_COLUMNS, type EntryRow, fitting, packEntries } from './entry-rows.ts';

interface Window {
  firstSeq: number;
  lastSeq: number;
}

const EVERYTHING: Window = { firstSeq: 1, lastSeq: Number.MAX_SAFE_INTEGER };
const NOTHING: Window = { firstSeq: Number.MAX_SAFE_INTEGER, lastSeq: 0 };

/** Entries, to a viewer what the membership covers. */
export function createEntryReads(database: Database): Handlers<Pick<ReadCalls, 'entries' | 'changes'>> {
  const page = (direction: 'ASC' | 'DESC') =>
    database
      .prepare<[string, number, number, number], EntryRow>(
        `SELECT ${ENTRY_COLUMNS} FROM entries e
         WHERE conversation_id = ? AND seq > ? AND seq < ? ORDER BY seq ${direction} LIMIT ?`,
      )
      .raw();
  const oldest = page('ASC');
  const newest = page('DESC');
  const changes = (superseding: string) =>
    database
      .prepare<[string, ...number[]], EntryRow>(
        `SELECT ${ENTRY_COLUMNS} FROM
           (SELECT conversation_id, seq FROM message_changes WHERE conversation_id = ? AND target_seq BETWEEN ? AND ?
              AND seq > ? AND seq <= ? ${superseding} ORDER BY seq LIMIT ?) AS c
         CROSS JOIN entries e ON e.conversation_id = c.conversation_id AND e.seq = c.seq ORDER BY c.seq`,
      )
      .raw();
  const allChanges = changes('');
  // Has an index of its own.
  const standingChanges = changes('AND superseded = 0');
  /** For who may not read what supersedes them now. */
  const stoodChanges = changes('AND (superseded = 0 OR superseded > ?)');
  const window = database.prepare<[string, string], Window>(
    `SELECT from_seq AS firstSeq, CASE until_seq WHEN 0 THEN ${Number.MAX_SAFE_INTEGER} ELSE until_seq END AS lastSeq
     FROM members WHERE conversation_id = ? AND user_id = ?`,
  );
  // One snapshot for the membership and what it covers.
  const together = database.transaction(<Answer>(read: () => Answer): Answer => read());

  function seen<Answer>(conversationId: ConversationId, viewerId: UserId | undefined, read: (seen: Window) => Answer) {
    if (viewerId === undefined) return read(EVERYTHING);
    return together(() => read(window.get(conversationId, viewerId) ?? NOTHING)) as Answer;
  }

  return {
    entries: ({ conversationId, afterSeq, beforeSeq, limit, bytesMax, from, viewerId }) =>
      seen(conversationId, viewerId, ({ firstSeq, lastSeq }) => {
        const rows = from === 'oldest' ? oldest : newest;
        const bounds = [Math.max(afterSeq, firstSeq - 1), Math.min(beforeSeq, lastSeq + 1)] as const;
        const page = fitting(rows.iterate(conversationId, ...bounds, Math.max(limit, 0)), bytesMax);
        return packEntries(from === 'oldest' ? page : page.reverse());
      }),
    changes: ({ conversationId, fromTargetSeq, toTargetSeq, afterSeq, standing, limit, viewerId }) =>
      seen(conversationId, viewerId, ({ firstSeq, lastSeq }) => {
        const range = [fromTargetSeq, toTargetSeq, Math.max(afterSeq, firstSeq - 1), lastSeq] as const;
        const count = Math.max(limit, 0);
        if (!standing) return packEntries(allChanges.all(conversationId, ...range, count));
        if (lastSeq === EVERYTHING.lastSeq) return packEntries(standingChanges.all(conversationId, ...range, count));
        return packEntries(stoodChanges.all(conversationId, ...range, lastSeq, count));
      }),
  };
}
