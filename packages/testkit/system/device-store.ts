import type { ConversationId, Entry } from '@hongyan/protocol';
import type {
  ConversationRecord,
  EngineBatch,
  EngineSnapshot,
  HeldRecord,
  OutboxRecord,
} from '@hongyan/sdk/engine/types';
import { mergeConversation, mergeRecord } from '@hongyan/sdk/stores/store';

/** What survives on a device when its program dies. A batch is taken as a whole, and merged as stores do (several tabs may write). */
export class DeviceStore {
  #userSeq = 0;
  readonly #conversations = new Map<ConversationId, ConversationRecord>();
  readonly #entries = new Map<ConversationId, Map<number, Entry>>();
  readonly #outbox = new Map<string, OutboxRecord>();
  readonly #records = new Map<string, HeldRecord>();

  take(batch: EngineBatch): void {
    this.#userSeq = Math.max(this.#userSeq, batch.userSeq);
    for (const record of batch.conversations) {
      const { conversationId, generation } = record;
      const before = this.#conversations.get(conversationId);
      if (before !== undefined && generation < before.generation) continue;
      if (before?.generation !== generation) this.#entries.set(conversationId, new Map());
      this.#conversations.set(conversationId, mergeConversation(before, record));
      for (const entry of batch.entries) {
        if (entry.conversationId === conversationId) this.#entries.get(conversationId)?.set(entry.seq, entry);
      }
    }
    for (const record of batch.outboxPut) this.#outbox.set(record.clientMessageId, record);
    for (const clientMessageId of batch.outboxRemove) this.#outbox.delete(clientMessageId);
    for (const record of batch.records)
      this.#records.set(record.key, mergeRecord(this.#records.get(record.key), record));
  }

  /** What it claims to hold of a conversation. */
  conversation(conversationId: ConversationId): ConversationRecord | undefined {
    return this.#conversations.get(conversationId);
  }

  /** The entries it claims to hold, ascending. */
  held(conversationId: ConversationId): Entry[] {
    const fromSeq = this.#conversations.get(conversationId)?.fromSeq ?? 1;
    return this.entries(conversationId).filter(({ seq }) => seq >= fromSeq);
  }

  outbox(): readonly OutboxRecord[] {
    return [...this.#outbox.values()];
  }

  snapshot(): EngineSnapshot {
    return {
      userSeq: this.#userSeq,
      conversations: [...this.#conversations.values()],
      outbox: [...this.#outbox.values()].sort((a, b) => a.position - b.position),
      records: [...this.#records.values()],
    };
  }

  /** Entries of a conversation below `beforeSeq`, ascending: the newest `limit` of them. */
  entries(
    conversationId: ConversationId,
    beforeSeq = Number.POSITIVE_INFINITY,
    limit = Number.POSITIVE_INFINITY,
  ): Entry[] {
    const held = [...(this.#entries.get(conversationId)?.values() ?? [])].filter((entry) => entry.seq < beforeSeq);
    held.sort((a, b) => a.seq - b.seq);
    return held.slice(Math.max(0, held.length - limit));
  }
}
