import type { Migration } from './migration.ts';
import { type HotTable, partitioned } from './partitioned.ts';

const ID = 'text COLLATE "C" NOT NULL';
const NUMBER = 'bigint NOT NULL';
const BY_CONVERSATION = 'conversation_id';

// Facts stand beside `conversations`, whose rows change with every message, and changes of messages beside `entries`, so
// that a large installation has no index to build on either.
const tables: readonly HotTable[] = [
  {
    name: 'conversation_facts',
    columns: `conversation_id ${ID}, facts bytea NOT NULL`,
    distributedBy: BY_CONVERSATION,
    primaryKey: 'conversation_id',
    updated: true,
  },
  {
    // Entries that change messages; superseded is 0, or the seq of the later one that stands in their
    // stead (1 where a version before did not keep it).
    name: 'message_changes',
    columns: `conversation_id ${ID}, target_seq ${NUMBER}, seq ${NUMBER}, kind ${NUMBER}, sender_id ${ID}, superseded ${NUMBER}`,
    distributedBy: BY_CONVERSATION,
    primaryKey: 'conversation_id, target_seq, seq',
    updated: true,
  },
  {
    // Whom messages mention by now, an empty user_id standing for all members. The message's sender is never named.
    name: 'mentions',
    columns: `conversation_id ${ID}, user_id ${ID}, seq ${NUMBER}, sender_id ${ID}`,
    distributedBy: BY_CONVERSATION,
    primaryKey: 'conversation_id, user_id, seq',
  },
  {
    // Messages that will be erased; due_at_ms is 0 as long as their time does not count yet.
    name: 'lifetimes',
    columns: `conversation_id ${ID}, seq ${NUMBER}, sender_id ${ID}, lifetime_ms ${NUMBER}, due_at_ms ${NUMBER}`,
    distributedBy: BY_CONVERSATION,
    primaryKey: 'conversation_id, seq',
    updated: true,
  },
];

// A group of the version before is owned by whoever made it, and is called what its first entry says. Facts are that entry's
// seq (field 1), its name (field 2, which is field 1 of the entry's body) and how many members there are (field 9, a varint
// in three bytes whatever its size).
const formerGroups = `
  CREATE TEMP TABLE former_groups ON COMMIT DROP AS
    SELECT c.conversation_id, c.member_count, e.sender_id, e.body
    FROM conversations c JOIN entries e ON e.conversation_id = c.conversation_id AND e.seq = 1
    WHERE c.conversation_id >= 'group.' AND c.conversation_id < 'group/' AND e.kind = 2;

  UPDATE members m SET role = 3
    FROM former_groups g WHERE m.conversation_id = g.conversation_id AND m.user_id = g.sender_id;

  INSERT INTO conversation_facts (conversation_id, facts)
    SELECT conversation_id, '\\x080112' || substr(body, 2) || '\\x48' || set_byte(set_byte(set_byte('\\x000000',
      0, (member_count & 127 | 128)::int), 1, (member_count >> 7 & 127 | 128)::int), 2, (member_count >> 14)::int)
    FROM former_groups WHERE substr(body, 1, 1) = '\\x0a';

  UPDATE conversations SET facts_seq = 1 WHERE conversation_id IN (SELECT conversation_id FROM conversation_facts);
`;

export const conversationChanges: Migration = {
  version: 5,
  sql: (partitionCount) => `
    ALTER TABLE conversations ADD COLUMN facts_seq bigint NOT NULL DEFAULT 0;
    ALTER TABLE entries ADD COLUMN header bytea;
    ALTER TABLE members
      ADD COLUMN role bigint NOT NULL DEFAULT 1,
      ADD COLUMN nickname text NOT NULL DEFAULT '',
      ADD COLUMN nickname_folded text COLLATE "C" NOT NULL DEFAULT '',
      ADD COLUMN muted_until_ms bigint NOT NULL DEFAULT 0,
      ADD COLUMN from_seq bigint NOT NULL DEFAULT 1,
      ADD COLUMN until_seq bigint NOT NULL DEFAULT 0,
      ADD COLUMN parting_facts bytea;
    CREATE INDEX members_by_role ON members (conversation_id, role DESC, user_id) WHERE until_seq = 0;

    ${tables.map((table) => partitioned(table, partitionCount)).join('\n')}
    CREATE INDEX message_changes_standing ON message_changes (conversation_id, target_seq, kind, sender_id, seq)
      WHERE superseded = 0;
    CREATE INDEX mentions_by_seq ON mentions (conversation_id, seq);
    CREATE INDEX lifetimes_due ON lifetimes (due_at_ms, conversation_id, seq) WHERE due_at_ms > 0;
    ${formerGroups}
  `,
};
