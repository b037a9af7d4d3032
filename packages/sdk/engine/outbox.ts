import { type ConversationId, copyBytes, type Entry, NO_HEADER, type UserId } from '@hongyan/protocol';
import type { MessageState } from '../types.ts';
import { failureOf, type OutboxEvent, type Progress, restored, shownState, step } from './outbox-states.ts';
import type { OutboxRecord } from './types.ts';

export interface OutboxItem {
  readonly record: OutboxRecord;
  readonly progress: Progress;
}

/**
 * What was written on this device and is not known to be in the log, in the order of sending: that of writing, except
 * that a message which failed and is tried again comes last. What happens to a message is decided in outbox-states.ts.
 *
 * OUT-2: of each conversation one message is under way at a time. A second one in flight could be accepted after the
 * first was refused with *later*, and nothing could put them in order again. One that failed holds nothing back.
 */
export class Outbox {
  readonly #items = new Map<string, OutboxItem>();
  readonly #conversations = new Map<ConversationId, string[]>();
  /** Grows beyond every position seen, those of other clients on the same store included. */
  #lastPosition = 0;

  constructor(records: readonly OutboxRecord[]) {
    for (const record of inOrder(records)) this.#put({ record, progress: restored(record.failure) });
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

  compose(message: Omit<OutboxRecord, 'position' | 'failure' | 'retried'>): OutboxRecord {
    const record = { ...message, body: copyBytes(message.body), position: this.#lastPosition + 1, failure: undefined };
    const progress = step(undefined, { type: 'composed' });
    if (progress) this.#put({ record, progress });
    return record;
  }

  /** OUT-2: what of the conversation may be sent now, if anything. A change waits for the place of the message that it changes. */
  sendable(conversationId: ConversationId): OutboxRecord | undefined {
    const items = this.of(conversationId).filter(({ record }) => record.targetId === undefined);
    const first = items.find(({ progress: { name } }) => name === 'queued' || name === 'sending');
    return first?.progress.name === 'queued' ? first.record : undefined;
  }

  /** Gives the record as it is now, or as it was when this took it out; undefined when the event changed nothing. */
  happened(clientMessageId: string, event: OutboxEvent): OutboxRecord | undefined {
    const item = this.#items.get(clientMessageId);
    if (!item) return undefined;
    const progress = step(item.progress, event);
    if (progress === item.progress) return undefined;
    if (!progress) return this.remove(clientMessageId);
    const failure = failureOf(progress);
    const record = item.record.failure === failure ? item.record : { ...item.record, failure };
    this.#items.set(clientMessageId, { record, progress });
    return record;
  }

  /** OUT-1, OUT-6: the same message, behind all that was written since. Gives the record to keep. */
  retry(clientMessageId: string, clientTimeMs: number): OutboxRecord | undefined {
    const record = this.happened(clientMessageId, { type: 'retried' });
    return record && this.#replace({ ...record, clientTimeMs, position: this.#lastPosition + 1, retried: true });
  }

  /** OUT-7: takes over what other clients have written into the store they share. Gives the records that changed. */
  merge(records: readonly OutboxRecord[]): OutboxRecord[] {
    return inOrder(records).filter((record) => {
      const item = this.#items.get(record.clientMessageId);
      if (item && !isNewer(record, item.record)) return false;
      const progress = step(item?.progress, { type: 'storedElsewhere', failure: record.failure });
      if (!progress) return false;
      if (progress === item?.progress) {
        this.#lastPosition = Math.max(this.#lastPosition, record.position);
        this.#items.set(record.clientMessageId, { record: { ...record, failure: failureOf(progress) }, progress });
        return false;
      }
      if (item?.record.position === record.position) this.#items.set(record.clientMessageId, { record, progress });
      else {
        this.remove(record.clientMessageId);
        this.#put({ record, progress });
      }
      return true;
    });
  }

  /** OUT-12: a message has its place, so what changes it can be sent. Gives the records that changed. */
  placed({
    conversationId,
    clientMessageId,
    seq,
  }: {
    conversationId: ConversationId;
    clientMessageId: string;
    seq: number;
  }) {
    const waiting = this.of(conversationId).filter(({ record }) => record.targetId === clientMessageId);
    return waiting.map(({ record: { targetId: _, ...record }, progress }) => {
      const named: OutboxRecord = { ...record, header: { ...NO_HEADER, ...record.header, targetSeq: seq } };
      this.#items.set(record.clientMessageId, { record: named, progress });
      return named;
    });
  }

  /** OUT-3: its own entry is in the log. Gives the record when it was still here. */
  settle(entry: Entry, me: UserId): OutboxRecord | undefined {
    return entry.senderId === me ? this.happened(entry.clientMessageId, { type: 'entryCame' }) : undefined;
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

  /** Moves the message behind all others. */
  #replace(record: OutboxRecord): OutboxRecord {
    const item = this.#items.get(record.clientMessageId);
    this.remove(record.clientMessageId);
    if (item) this.#put({ ...item, record });
    return record;
  }

  #put(item: OutboxItem): void {
    const { clientMessageId, conversationId, position } = item.record;
    this.#items.set(clientMessageId, item);
    this.#lastPosition = Math.max(this.#lastPosition, position);
    const ids = this.#conversations.get(conversationId) ?? [];
    const isBefore = (id: string) => compareWritten(this.#items.get(id)?.record ?? item.record, item.record) < 0;
    ids.splice(ids.findLastIndex(isBefore) + 1, 0, clientMessageId);
    this.#conversations.set(conversationId, ids);
  }
}

/** Two tabs may have given the same position at the same time: what decides then is the same in both. */
function compareWritten(a: OutboxRecord, b: OutboxRecord): number {
  if (a.position !== b.position) return a.position - b.position;
  return a.clientTimeMs - b.clientTimeMs || (a.clientMessageId < b.clientMessageId ? -1 : 1);
}

const inOrder = (records: readonly OutboxRecord[]): OutboxRecord[] => [...records].sort(compareWritten);

/** A record's life is: written, failed, tried again at a higher position, failed … */
function isNewer(next: OutboxRecord, known: OutboxRecord): boolean {
  if (next.position !== known.position) return next.position > known.position;
  return next.failure !== undefined && known.failure === undefined;
}
