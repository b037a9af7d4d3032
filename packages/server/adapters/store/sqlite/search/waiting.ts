import type { ConversationId } from '@hongyan/protocol';
import type { Database } from 'better-sqlite3';
import type { TransactionHooks } from '../group-commit.ts';

const KNOWN_MAX = 20_000;

/**
 * Conversations with entries that are not in the index yet, the one that has waited longest first. The process alone writes them,
 * so that those which wait may be remembered, and a message in one of them costs nothing.
 */
export class WaitingConversations implements TransactionHooks {
  readonly #known = new Set<ConversationId>();
  readonly #add;
  readonly #first;
  readonly #remove;

  constructor(database: Database) {
    this.#add = database.prepare('INSERT INTO search_waiting (conversation_id) VALUES (?) ON CONFLICT DO NOTHING');
    this.#first = database
      .prepare<[], ConversationId>('SELECT conversation_id FROM search_waiting ORDER BY place LIMIT 1')
      .pluck();
    this.#remove = database.prepare('DELETE FROM search_waiting WHERE conversation_id = ?');
  }

  add(conversationId: ConversationId): void {
    if (this.#known.has(conversationId)) return;
    this.#add.run(conversationId);
    this.#known.add(conversationId);
  }

  first(): ConversationId | undefined {
    return this.#first.get();
  }

  /** Puts it behind all others, when it `hasMore`. */
  served(conversationId: ConversationId, hasMore: boolean): void {
    this.#remove.run(conversationId);
    this.#known.delete(conversationId);
    if (hasMore) this.add(conversationId);
  }

  beforeCommit(): void {
    if (this.#known.size > KNOWN_MAX) this.#known.clear();
  }

  /** Forgets what a rolled-back transaction taught. */
  afterRollback(): void {
    this.#known.clear();
  }
}
