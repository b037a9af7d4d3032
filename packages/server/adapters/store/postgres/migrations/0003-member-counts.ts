import type { Migration } from './migration.ts';

/** So that it costs nothing to know whether a conversation is too large for everybody's cursors to be told. */
export const memberCounts: Migration = {
  version: 3,
  sql: () => `
    ALTER TABLE conversations ADD COLUMN member_count bigint NOT NULL DEFAULT 0;
    UPDATE conversations SET member_count =
      (SELECT count(*) FROM members WHERE members.conversation_id = conversations.conversation_id);
  `,
};
