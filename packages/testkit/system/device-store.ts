import type { ConversationId, Entry } from '@hongyan/protocol';
import type { ConversationRecord, EngineBatch, EngineSnapshot, OutboxRecord } from '@hongyan/sdk/engine/types';
import { HeldAccount } from '@hongyan/sdk/stores/held-account';

const PROFILE = { handle: '', displayName: '', statusLine: '' };
const TOKENS = { accessToken: '', accessTokenExpiresAtMs: 0, refreshToken: '' };

/** What survives on a device when its program dies: what the stores hold that keep all of it in memory and on a disk. */
export class DeviceStore {
  readonly #account = new HeldAccount({ me: { userId: '', deviceId: '', ...PROFILE }, ...TOKENS });

  take(batch: EngineBatch): void {
    this.#account.apply(batch);
  }

  snapshot(): EngineSnapshot {
    return this.#account.snapshot() ?? { userSeq: 0, conversations: [], outbox: [], records: [] };
  }

  /** What it claims to hold of a conversation. */
  conversation(conversationId: ConversationId): ConversationRecord | undefined {
    return this.snapshot().conversations.find((record) => record.conversationId === conversationId);
  }

  /** The entries it claims to hold, ascending. */
  held(conversationId: ConversationId): Entry[] {
    const { fromSeq = 1, toSeq = 0 } = this.conversation(conversationId) ?? {};
    return this.all(conversationId).filter(({ seq }) => seq >= fromSeq && seq <= toSeq);
  }

  /** All entries that are there, ascending, whether it claims them or not. */
  all(conversationId: ConversationId): Entry[] {
    return this.#account.all(conversationId).sort((a, b) => a.seq - b.seq);
  }

  outbox(): readonly OutboxRecord[] {
    return this.#account.outbox();
  }

  /** The newest `limit` entries below `beforeSeq`, ascending, and what changes them. */
  read(query: { conversationId: ConversationId; beforeSeq: number; limit: number }) {
    const entries = this.#account.entries(query);
    return { entries, changes: this.#account.changes(query, entries) };
  }
}
