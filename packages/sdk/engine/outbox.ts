import { type ConversationId, copyBytes, type Entry, type UserId } from '@hongyan/protocol';
import type { MessageState } from '../types.ts';
import type { OutboxRecord } from './types.ts';

/** Where a message is on its way into the log. `accepted`: the server has it, the entries before it are not here yet. */
export type Progress =
  | { name: 'queued' }
  | { name: 'sending' }
  | { name: 'accepted'; seq: number; serverTimeMs: number }
  | { name: 'failed'; reason: string };

export interface OutboxItem {
  readonly record: OutboxRecord;
  readonly progress: Progress;
}

const QUEUED: Progress = { name: 'queued' };
const SENDING: Progress = { name: 'sending' };

/** What a sender is shown of a message on its way. */
export function shownState(progress: Progress): MessageState {
  switch (progress.name) {
    case 'queued':
    case 'sending':
    case 'failed':
      return progress;
    case 'accepted':
      return { name: 'sent' };
  }
}

/**
 * What was written on this device and is not known to be in the log, in the order of sending: that of writing, except
 * that a message which failed and is tried again comes last.
 *
 * OUT-2: of each conversation one message is under way at a time. A second one in flight could be accepted after the
 * first was refused with *later*, and nothing could put them in order again. One that failed holds nothing back.
 */
export class Outbox {
  readonly #items = new Map<string, OutboxItem>();
  readonly #conversations = new Map<ConversationId, string[]>();
  #lastPosition = 0;

  constructor(records: readonly OutboxRecord[]) {
    for (const record of [...records].sort((a, b) => a.position - b.position)) {
      this.#add({
        record,
        progress: record.failure === undefined ? QUEUED : { name: 'failed', reason: record.failure },
      });
    }
  }

  get size(): number {
    return this.#items.size;
  }

  get conversationIds(): Iterable<ConversationId> {
    return this.#conversations.keys();
  }

  get(clientMessageId: string): OutboxItem | undefined {
    return this.#items.get(clientMessageId);
  }

  all(): OutboxItem[] {
    return [...this.#items.values()];
  }

  of(conversationId: ConversationId): OutboxItem[] {
    const ids = this.#conversations.get(conversationId) ?? [];
    return ids.flatMap((id) => this.#items.get(id) ?? []);
  }

  /** What a person is shown of it. */
  shown(): (OutboxRecord & { state: MessageState })[] {
    return this.all().map(({ record, progress }) => ({ ...record, state: shownState(progress) }));
  }

  compose(message: Pick<OutboxRecord, 'clientMessageId' | 'conversationId' | 'clientTimeMs' | 'body'>): OutboxRecord {
    const record = { ...message, body: copyBytes(message.body), position: this.#lastPosition + 1, failure: undefined };
    this.#add({ record, progress: QUEUED });
    return record;
  }

  /** OUT-2: the message of the conversation that may be sent now, if there is one. */
  sendable(conversationId: ConversationId): OutboxRecord | undefined {
    const items = this.of(conversationId);
    const first = items.find(({ progress: { name } }) => name === 'queued' || name === 'sending');
    return first?.progress.name === 'queued' ? first.record : undefined;
  }

  sending(clientMessageId: string): void {
    this.#move(clientMessageId, SENDING);
  }

  /** Not now: the outcome is unknown or the server asked to try later (OUT-4). */
  requeue(clientMessageId: string): void {
    if (this.#items.get(clientMessageId)?.progress.name === 'sending') this.#move(clientMessageId, QUEUED);
  }

  /** OUT-4: stays until the person tries again or discards it. Gives the record to keep. */
  fail(clientMessageId: string, reason: string): OutboxRecord | undefined {
    return this.#move(clientMessageId, { name: 'failed', reason }, reason);
  }

  /** OUT-1, OUT-2: the same message, behind all that was written since. Gives the record to keep. */
  retry(clientMessageId: string): OutboxRecord | undefined {
    if (this.#items.get(clientMessageId)?.progress.name !== 'failed') return undefined;
    const removed = this.remove(clientMessageId);
    if (!removed) return undefined;
    const record = { ...removed, position: this.#lastPosition + 1, failure: undefined };
    this.#add({ record, progress: QUEUED });
    return record;
  }

  /** Takes out a message that is not under way; undefined when there is no such message. */
  discard(clientMessageId: string): OutboxRecord | undefined {
    const item = this.#items.get(clientMessageId);
    if (item?.progress.name !== 'failed' && item?.progress.name !== 'queued') return undefined;
    return this.remove(clientMessageId);
  }

  accepted(clientMessageId: string, seq: number, serverTimeMs: number): void {
    this.#move(clientMessageId, { name: 'accepted', seq, serverTimeMs });
  }

  /** SYN-7: the server lost its log, and with it what it had accepted. */
  reopen(conversationId: ConversationId): void {
    for (const { record, progress } of this.of(conversationId)) {
      if (progress.name === 'accepted') this.#move(record.clientMessageId, QUEUED);
    }
  }

  /** OUT-3: its own entry is in the log. Gives the record when it was still here. */
  settle(entry: Entry, me: UserId): OutboxRecord | undefined {
    if (entry.senderId !== me) return undefined;
    return this.remove(entry.clientMessageId);
  }

  remove(clientMessageId: string): OutboxRecord | undefined {
    const item = this.#items.get(clientMessageId);
    if (!item) return undefined;
    const { conversationId } = item.record;
    this.#items.delete(clientMessageId);
    const left = (this.#conversations.get(conversationId) ?? []).filter((id) => id !== clientMessageId);
    if (left.length > 0) this.#conversations.set(conversationId, left);
    else this.#conversations.delete(conversationId);
    return item.record;
  }

  #add(item: OutboxItem): void {
    const { clientMessageId, conversationId, position } = item.record;
    this.#items.set(clientMessageId, item);
    this.#lastPosition = Math.max(this.#lastPosition, position);
    const ids = this.#conversations.get(conversationId);
    if (ids) ids.push(clientMessageId);
    else this.#conversations.set(conversationId, [clientMessageId]);
  }

  #move(clientMessageId: string, progress: Progress, failure?: string): OutboxRecord | undefined {
    const item = this.#items.get(clientMessageId);
    if (!item) return undefined;
    const record = item.record.failure === failure ? item.record : { ...item.record, failure };
    this.#items.set(clientMessageId, { record, progress });
    return record;
  }
}
