import type { ConversationId } from '@hongyan/protocol';
import type { Database } from 'better-sqlite3';

/** Which part of a conversation is in the index: afterSeq < seq <= throughSeq. */
export interface Progress {
  /** What the conversation is called in the index. */
  number: number;
  conversationId: ConversationId;
  afterSeq: number;
  throughSeq: number;
}

const COLUMNS = 'number, conversation_id AS conversationId, after_seq AS afterSeq, through_seq AS throughSeq';

export type FindProgress = (conversationId: ConversationId) => Progress | undefined;

/** undefined: nothing of the conversation was ever taken in. */
export function createFindProgress(database: Database): FindProgress {
  const find = database.prepare<[string], Progress>(`SELECT ${COLUMNS} FROM search_progress WHERE conversation_id = ?`);
  return (conversationId) => find.get(conversationId);
}

/** A conversation of which the beginning is still to be taken in. */
export function createFindUnfinished(database: Database): () => Progress | undefined {
  const find = database.prepare<[], Progress>(
    `SELECT ${COLUMNS} FROM search_progress WHERE after_seq > 0 ORDER BY number DESC LIMIT 1`,
  );
  return () => find.get();
}

export interface ProgressWrites {
  begin(conversationId: ConversationId): Progress;
  save(progress: Progress): void;
}

export function createProgressWrites(database: Database): ProgressWrites {
  const begin = database.prepare<[string], Progress>(
    `INSERT INTO search_progress (conversation_id, after_seq, through_seq) VALUES (?, 0, 0) RETURNING ${COLUMNS}`,
  );
  const save = database.prepare('UPDATE search_progress SET after_seq = ?, through_seq = ? WHERE number = ?');
  return {
    begin(conversationId) {
      const begun = begin.get(conversationId);
      if (begun === undefined) throw new Error('a row was not written');
      return begun;
    },
    save: ({ number, afterSeq, throughSeq }) => save.run(afterSeq, throughSeq, number),
  };
}
