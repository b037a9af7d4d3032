import type { Database } from 'better-sqlite3';
import { type IndexedMessage, termsOf } from '../../search/terms.ts';
import type { Progress } from './progress.ts';

/** A conversation's rows are together, in the order of its log. */
export const ROW_ID = '(? * 4294967296 + ?)';

type Indexed = Pick<Progress, 'number' | 'conversationId'>;

export interface IndexRows {
  add(conversation: Indexed, message: IndexedMessage): void;
  /** `message` as it was when it was added. */
  remove(conversation: Indexed, message: IndexedMessage): void;
}

/** Messages in the index, inside the caller's transaction. */
export function createIndexRows(database: Database): IndexRows {
  const add = database.prepare(`INSERT INTO search_index (rowid, terms) VALUES (${ROW_ID}, ?)`);
  const remove = database.prepare(
    `INSERT INTO search_index (search_index, rowid, terms) VALUES ('delete', ${ROW_ID}, ?)`,
  );
  const terms = ({ conversationId }: Indexed, message: IndexedMessage) => termsOf(conversationId, message).join(' ');
  return {
    add: (conversation, message) => add.run(conversation.number, message.seq, terms(conversation, message)),
    remove: (conversation, message) => remove.run(conversation.number, message.seq, terms(conversation, message)),
  };
}
