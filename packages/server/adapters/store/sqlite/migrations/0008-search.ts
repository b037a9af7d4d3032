import type { Migration } from './migration.ts';

/**
 * Beside the index of messages: which part of each conversation is in it, and which conversations have newer entries, the one
 * that has waited longest first. What is there before the index is taken into it afterwards, from the end of each conversation
 * to its beginning. The tokenizer leaves whole what has no ASCII but small letters and digits. Nothing of a message stays in the
 * index when its row is deleted.
 */
export const search: Migration = {
  version: 8,
  sql: `
    CREATE VIRTUAL TABLE search_index USING fts5(
      terms, content = '', columnsize = 0, detail = none, tokenize = 'ascii'
    );
    INSERT INTO search_index (search_index, rank) VALUES ('secure-delete', 1);

    -- Of each conversation the entries with after_seq < seq <= through_seq were taken in.
    CREATE TABLE search_progress (
      number INTEGER PRIMARY KEY,
      conversation_id TEXT NOT NULL UNIQUE,
      after_seq BIGINT NOT NULL,
      through_seq BIGINT NOT NULL
    );
    CREATE INDEX search_progress_unfinished ON search_progress (number) WHERE after_seq > 0;

    CREATE TABLE search_waiting (
      place INTEGER PRIMARY KEY,
      conversation_id TEXT NOT NULL UNIQUE
    );

    INSERT INTO search_progress (conversation_id, after_seq, through_seq)
      SELECT conversation_id, last_seq, last_seq FROM conversations;
  `,
};
