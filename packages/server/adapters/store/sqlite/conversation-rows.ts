import type { ConversationId } from '@hongyan/protocol';
import type { Database } from 'better-sqlite3';
import type { TransactionHooks } from './group-commit.ts';

const ROWS_MAX = 20_000;

/** A row of `conversations`; `lastSeq` is 0 when there is none yet. */
export interface ConversationRow {
  lastSeq: number;
  lastTimeMs: number;
  memberCount: number;
  factsSeq: number;
}

/**
 * The conversations that were written to lately. The process alone writes them, so rows may be remembered between
 * transactions, and a conversation's is written once in each.
 */
export class ConversationRows implements TransactionHooks {
  readonly #known = new Map<ConversationId, ConversationRow>();
  readonly #changed = new Map<ConversationId, ConversationRow>();
  readonly #find;
  readonly #save;

  constructor(database: Database) {
    this.#find = database.prepare<[string], ConversationRow>(
      `SELECT last_seq AS lastSeq, last_time_ms AS lastTimeMs, member_count AS memberCount, facts_seq AS factsSeq
       FROM conversations WHERE conversation_id = ?`,
    );
    this.#save = database.prepare(
      `INSERT INTO conversations (conversation_id, last_seq, last_time_ms, member_count, facts_seq) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET last_seq = excluded.last_seq, last_time_ms = excluded.last_time_ms,
         member_count = excluded.member_count, facts_seq = excluded.facts_seq`,
    );
  }

  get(conversationId: ConversationId): ConversationRow {
    const known = this.#known.get(conversationId);
    if (known !== undefined) return known;
    const row = this.#find.get(conversationId) ?? { lastSeq: 0, lastTimeMs: 0, memberCount: 0, factsSeq: 0 };
    this.#known.set(conversationId, row);
    return row;
  }

  /** What `get` answered has been changed, and is written before the commit. */
  changed(conversationId: ConversationId, row: ConversationRow): void {
    this.#changed.set(conversationId, row);
  }

  beforeCommit(): void {
    for (const [id, { lastSeq, lastTimeMs, memberCount, factsSeq }] of this.#changed) {
      this.#save.run(id, lastSeq, lastTimeMs, memberCount, factsSeq);
    }
    this.#changed.clear();
    if (this.#known.size > ROWS_MAX) this.#known.clear();
  }

  /** Forgets what a rolled-back transaction taught. */
  afterRollback(): void {
    this.#known.clear();
    this.#changed.clear();
  }
}
