import type { Migration } from './migration.ts';
import { type HotTable, partitioned } from './partitioned.ts';

const ID = 'text COLLATE "C" NOT NULL';
const NUMBER = 'bigint NOT NULL';
const BY_CONVERSATION = 'conversation_id';

const tables: readonly HotTable[] = [
  {
    // What messages are found by. No index but that of the terms can answer what is looked for, so that the planner has no
    // choice; rows are found by `place`, a number that stands for conversation and seq and hardly ever for two of them.
    name: 'search_entries',
    columns: `conversation_id ${ID}, seq ${NUMBER}, place ${NUMBER}, terms tsvector NOT NULL`,
    distributedBy: BY_CONVERSATION,
  },
  {
    // Of each conversation the entries with after_seq < seq <= through_seq were taken into the index.
    name: 'search_progress',
    columns: `conversation_id ${ID}, after_seq ${NUMBER}, through_seq ${NUMBER}`,
    distributedBy: BY_CONVERSATION,
    primaryKey: BY_CONVERSATION,
    updated: true,
  },
  {
    // Conversations that have newer entries, and since when.
    name: 'search_waiting',
    columns: `conversation_id ${ID}, since_ms ${NUMBER}`,
    distributedBy: BY_CONVERSATION,
    primaryKey: BY_CONVERSATION,
    updated: true,
  },
];

/** What is there before the index is taken into it afterwards, from the end of each conversation to its beginning. */
export const search: Migration = {
  version: 7,
  sql: (partitionCount) => `
    ${tables.map((table) => partitioned(table, partitionCount)).join('\n')}
    CREATE INDEX search_entries_by_term ON search_entries USING gin (terms) WITH (gin_pending_list_limit = 512);
    CREATE INDEX search_entries_by_place ON search_entries (place);
    CREATE INDEX search_progress_unfinished ON search_progress (conversation_id) WHERE after_seq > 0;
    CREATE INDEX search_waiting_by_time ON search_waiting (since_ms, conversation_id);
    INSERT INTO search_progress (conversation_id, after_seq, through_seq)
      SELECT conversation_id, last_seq, last_seq FROM conversations;
  `,
};
