import type { Migration } from './migration.ts';

// Facts stand beside `conversations`, whose rows change with every message, and changes of messages beside `entries`, so
// that a large installation has no index to build on either.
const tables = `
  ALTER TABLE conversations ADD COLUMN facts_seq BIGINT NOT NULL DEFAULT 0;
  ALTER TABLE entries ADD COLUMN header BLOB;

  CREATE TABLE conversation_facts (
    conversation_id TEXT NOT NULL PRIMARY KEY,
    facts BLOB NOT NULL
  ) WITHOUT ROWID;

  ALTER TABLE members ADD COLUMN role BIGINT NOT NULL DEFAULT 1;
  ALTER TABLE members ADD COLUMN nickname TEXT NOT NULL DEFAULT '';
  ALTER TABLE members ADD COLUMN nickname_folded TEXT NOT NULL DEFAULT '';
  ALTER TABLE members ADD COLUMN muted_until_ms BIGINT NOT NULL DEFAULT 0;
  ALTER TABLE members ADD COLUMN from_seq BIGINT NOT NULL DEFAULT 1;
  ALTER TABLE members ADD COLUMN until_seq BIGINT NOT NULL DEFAULT 0;
  ALTER TABLE members ADD COLUMN parting_facts BLOB;
  CREATE INDEX members_by_role ON members (conversation_id, role DESC, user_id) WHERE until_seq = 0;

  -- Entries that change messages; superseded is 0, or the seq of the later one that stands in their
  -- stead (1 where a version before did not keep it).
  CREATE TABLE message_changes (
    conversation_id TEXT NOT NULL,
    target_seq BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    kind BIGINT NOT NULL,
    sender_id TEXT NOT NULL,
    superseded BIGINT NOT NULL,
    PRIMARY KEY (conversation_id, target_seq, seq)
  ) WITHOUT ROWID;
  CREATE INDEX message_changes_standing ON message_changes (conversation_id, target_seq, kind, sender_id, seq)
    WHERE superseded = 0;

  -- Whom messages mention by now, an empty user_id standing for all members. The message's sender is never named.
  CREATE TABLE mentions (
    conversation_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    seq BIGINT NOT NULL,
    sender_id TEXT NOT NULL,
    PRIMARY KEY (conversation_id, user_id, seq)
  ) WITHOUT ROWID;
  CREATE INDEX mentions_by_seq ON mentions (conversation_id, seq);

  -- Messages that will be erased; due_at_ms is 0 as long as their time does not count yet.
  CREATE TABLE lifetimes (
    conversation_id TEXT NOT NULL,
    seq BIGINT NOT NULL,
    sender_id TEXT NOT NULL,
    lifetime_ms BIGINT NOT NULL,
    due_at_ms BIGINT NOT NULL,
    PRIMARY KEY (conversation_id, seq)
  ) WITHOUT ROWID;
  CREATE INDEX lifetimes_due ON lifetimes (due_at_ms, conversation_id, seq) WHERE due_at_ms > 0;
`;

// A group of the version before is owned by whoever made it, and is called what its first entry says. Facts are that entry's
// seq (field 1), its name (field 2, which is field 1 of the entry's body) and how many members there are (field 9, a varint
// in three bytes whatever its size).
const formerGroups = `
  CREATE TEMP TABLE former_groups AS
    SELECT c.conversation_id, c.member_count, e.sender_id, e.body
    FROM conversations c JOIN entries e ON e.conversation_id = c.conversation_id AND e.seq = 1
    WHERE c.conversation_id >= 'group.' AND c.conversation_id < 'group/' AND e.kind = 2;

  UPDATE members SET role = 3
    FROM former_groups g WHERE members.conversation_id = g.conversation_id AND members.user_id = g.sender_id;

  INSERT INTO conversation_facts (conversation_id, facts)
    SELECT conversation_id, CAST(
      x'080112' || substr(body, 2) || x'48' || unhex(printf('%02x%02x%02x',
        (member_count & 127) | 128, ((member_count >> 7) & 127) | 128, member_count >> 14)) AS BLOB)
    FROM former_groups WHERE substr(body, 1, 1) = x'0a';

  UPDATE conversations SET facts_seq = 1 WHERE conversation_id IN (SELECT conversation_id FROM conversation_facts);
  DROP TABLE former_groups;
`;

export const conversationChanges: Migration = { version: 6, sql: tables + formerGroups };
