import type { ConversationId, Entry } from '@hongyan/protocol';
import { erasedEntry, goesWith } from './entries.ts';
import type { ConversationRecord, EngineBatch, HeldRecord, OutboxRecord } from './types.ts';

/**
 * What has changed and is not in the store yet. One batch is written at a time; what happens meanwhile becomes the next,
 * so that writes coalesce exactly as much as the store is slow.
 */
export class Journal {
  #entries: Entry[] = [];
  #erased: { conversationId: ConversationId; seq: number }[] = [];
  readonly #conversations = new Set<ConversationId>();
  readonly #outboxPut = new Map<string, OutboxRecord>();
  readonly #outboxRemove = new Set<string>();
  readonly #records = new Map<string, HeldRecord>();
  #userSeqChanged = false;
  #writing: { batchId: number; batch: EngineBatch } | undefined;
  readonly #newBatchId: () => number;

  constructor(newBatchId: () => number) {
    this.#newBatchId = newBatchId;
  }

  addEntries(conversationId: ConversationId, entries: readonly Entry[]): void {
    this.#entries.push(...entries);
    this.#conversations.add(conversationId);
  }

  /** MSG-21. */
  erase(conversationId: ConversationId, seq: number): void {
    this.#entries = this.#entries.map((entry) => withoutBody(entry, { conversationId, seq }));
    this.#erased.push({ conversationId, seq });
    this.#conversations.add(conversationId);
  }

  addConversation(conversationId: ConversationId): void {
    this.#conversations.add(conversationId);
  }

  putOutbox(record: OutboxRecord): void {
    this.#outboxRemove.delete(record.clientMessageId);
    this.#outboxPut.set(record.clientMessageId, record);
  }

  removeOutbox(clientMessageId: string): void {
    this.#outboxPut.delete(clientMessageId);
    this.#outboxRemove.add(clientMessageId);
  }

  putRecord(record: HeldRecord): void {
    this.#records.set(record.key, record);
  }

  userSeqMoved(): void {
    this.#userSeqChanged = true;
  }

  /** SYN-7: what was to be stored of this conversation is not in the server's log. */
  dropEntries(conversationId: ConversationId): void {
    this.#entries = this.#entries.filter((entry) => entry.conversationId !== conversationId);
    this.#conversations.add(conversationId);
  }

  get unstoredCount(): number {
    return this.#entries.length + (this.#writing?.batch.entries.length ?? 0);
  }

  /** Entries of a conversation that a read of the store may not find yet. */
  unstored(conversationId: ConversationId): Entry[] {
    const writing = this.#writing?.batch.entries ?? [];
    const all = [
      ...this.#erased.reduce((entries, gone) => entries.map((e) => withoutBody(e, gone)), writing),
      ...this.#entries,
    ];
    return all.filter((entry) => entry.conversationId === conversationId).sort((a, b) => a.seq - b.seq);
  }

  /** Messages that the store may not have yet, as they are now. */
  unstoredOutbox(): OutboxRecord[] {
    const writing = this.#writing?.batch.outboxPut ?? [];
    const isCurrent = ({ clientMessageId }: OutboxRecord) =>
      !this.#outboxPut.has(clientMessageId) && !this.#outboxRemove.has(clientMessageId);
    return [...writing.filter(isCurrent), ...this.#outboxPut.values()];
  }

  /** The next batch, unless one is being written or nothing changed. */
  next(
    record: (conversationId: ConversationId) => ConversationRecord | undefined,
    userSeq: number,
  ): { batchId: number; batch: EngineBatch } | undefined {
    if (this.#writing || !this.#hasChanges) return undefined;
    const batch = {
      entries: this.#entries,
      erased: this.#erased,
      conversations: [...this.#conversations].flatMap((id) => record(id) ?? []),
      outboxPut: [...this.#outboxPut.values()],
      outboxRemove: [...this.#outboxRemove],
      records: [...this.#records.values()],
      userSeq: this.#userSeqChanged ? userSeq : 0,
    };
    this.#entries = [];
    this.#erased = [];
    this.#conversations.clear();
    this.#outboxPut.clear();
    this.#outboxRemove.clear();
    this.#records.clear();
    this.#userSeqChanged = false;
    this.#writing = { batchId: this.#newBatchId(), batch };
    return this.#writing;
  }

  /** The batch is in the store. */
  written(batchId: number): EngineBatch | undefined {
    if (this.#writing?.batchId !== batchId) return undefined;
    const { batch } = this.#writing;
    this.#writing = undefined;
    return batch;
  }

  /** The batch whose write failed, to be tried again as it is: what follows builds on it. */
  get writing(): { batchId: number; batch: EngineBatch } | undefined {
    return this.#writing;
  }

  get #hasChanges(): boolean {
    return (
      this.#conversations.size > 0 ||
      this.#outboxPut.size > 0 ||
      this.#outboxRemove.size > 0 ||
      this.#records.size > 0 ||
      this.#userSeqChanged
    );
  }
}

function withoutBody(entry: Entry, gone: { conversationId: ConversationId; seq: number }): Entry {
  return entry.conversationId === gone.conversationId && goesWith(entry, gone.seq) ? erasedEntry(entry) : entry;
}
