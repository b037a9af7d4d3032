import type { ConversationId, Entry } from '@hongyan/protocol';
import type { ConversationRecord, EngineBatch, EngineSnapshot, OutboxRecord } from '@hongyan/sdk/engine/types';

/** What survives on a device when its program dies. A batch is taken as a whole. */
export class DeviceStore {
  #userSeq = 0;
  readonly #conversations = new Map<ConversationId, ConversationRecord>();
  readonly #entries = new Map<ConversationId, Map<number, Entry>>();
  readonly #outbox = new Map<string, OutboxRecord>();

  take(batch: EngineBatch): void {
    this.#userSeq = batch.userSeq;
    for (const record of batch.conversations) {
      const before = this.#conversations.get(record.conversationId);
      if (before?.generation !== record.generation) this.#entries.set(record.conversationId, new Map());
      this.#conversations.set(record.conversationId, record);
    }
    for (const entry of batch.entries) this.#entries.get(entry.conversationId)?.set(entry.seq, entry);
    for (const record of batch.outboxPut) this.#outbox.set(record.clientMessageId, record);
    for (const clientMessageId of batch.outboxRemove) this.#outbox.delete(clientMessageId);
  }

  snapshot(): EngineSnapshot {
    return {
      userSeq: this.#userSeq,
      conversations: [...this.#conversations.values()],
      outbox: [...this.#outbox.values()].sort((a, b) => a.position - b.position),
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
