import {
  type ConversationId,
  type Entry,
  type EntryHeader,
  EntryKind,
  ErrorCode,
  type MessageSent,
  NO_HEADER,
  type UserId,
} from '@hongyan/protocol';
import { type FailureReason, reasonOf } from '../failures.ts';
import type { Journal } from './journal.ts';
import { NOTED_MAX, OUTBOX_MAX, SETTLED_MESSAGES_MAX } from './limits.ts';
import { Outbox } from './outbox.ts';
import type { OutboxEvent } from './outbox-states.ts';
import { Recent } from './recent.ts';
import type { Sync } from './sync.ts';
import { isChange } from './timeline.ts';
import type { EngineEffect, OutboxChange, OutboxRecord } from './types.ts';

type Acceptance = Omit<Extract<OutboxChange, { type: 'accepted' }>, 'type'>;
type Ending = Exclude<OutboxChange, { type: 'accepted' }>;
/** What an entry has beside its place. */
type Content = Omit<Entry, 'conversationId' | 'seq' | 'serverTimeMs'>;

export interface OwnMessagesParts {
  me: UserId;
  records: readonly OutboxRecord[];
  journal: Journal;
  sync: () => Sync;
  effect: (effect: EngineEffect) => void;
  changed: (conversationId: ConversationId) => void;
}

/** What becomes of the messages written on this device: in the outbox, in the store, and for other clients on that store. */
export class OwnMessages {
  readonly outbox: Outbox;
  /** OUT-7: of the clients on one store, the one that leads sends. */
  #leads = true;
  /** Those that the server was heard to have, so that a late record of them is known for what it is. */
  readonly #settled = new Recent<Acceptance>(SETTLED_MESSAGES_MAX);
  /** Those that were refused or discarded, for the same reason. */
  readonly #ended = new Recent<Ending>(SETTLED_MESSAGES_MAX);
  readonly #parts: OwnMessagesParts;

  constructor(parts: OwnMessagesParts) {
    this.#parts = parts;
    this.outbox = new Outbox(parts.records.filter((record) => this.#isMine(record)));
  }

  get leads(): boolean {
    return this.#leads;
  }

  compose(message: Omit<OutboxRecord, 'position' | 'failure' | 'retried' | 'senderId'>): void {
    const { me: senderId } = this.#parts;
    if (this.outbox.size < OUTBOX_MAX) this.#keep(this.outbox.compose({ ...message, senderId }));
    else this.#parts.effect({ type: 'emit', notice: { type: 'error', code: 'refused', reason: 'the outbox is full' } });
  }

  /** OUT-12: what changes a message that has no place yet waits for it; what changes one that is nowhere is refused. */
  change({ targetId, ...change }: Parameters<OwnMessages['compose']>[0]): void {
    if (targetId === undefined) {
      this.compose(change);
      return;
    }
    const target = this.outbox.get(targetId);
    const seq = this.#settled.get(targetId)?.seq;
    if (seq !== undefined) this.compose({ ...change, header: { ...NO_HEADER, ...change.header, targetSeq: seq } });
    else if (target) this.compose({ ...change, targetId });
    else this.#refuse({ ...change, position: 0, failure: undefined }, reasonOf(ErrorCode.NOT_FOUND));
  }

  /** MSG-21: what was to change a message that is erased says nothing any more; another client may have erased it before. */
  targetsErased(conversationId: ConversationId, seqs: readonly number[]): void {
    for (const { record } of this.outbox.of(conversationId)) {
      const isGone = record.kind !== EntryKind.RECALL && seqs.includes(record.header?.targetSeq ?? 0);
      if (!isGone || !this.outbox.remove(record.clientMessageId)) continue;
      this.#forget(record);
      this.#end({ type: 'discarded', clientMessageId: record.clientMessageId });
    }
  }

  retry(clientMessageId: string, clientTimeMs: number): void {
    const record = this.outbox.retry(clientMessageId, clientTimeMs);
    if (record) this.#keep(record);
  }

  discard(clientMessageId: string): void {
    const item = this.outbox.get(clientMessageId);
    this.happened(clientMessageId, { type: 'discarded' });
    if (!item || this.outbox.get(clientMessageId)) return;
    this.#end({ type: 'discarded', clientMessageId });
    for (const { record } of this.outbox.of(item.record.conversationId)) {
      if (record.targetId === clientMessageId) this.discard(record.clientMessageId);
    }
  }

  /** Stores what the event makes of the message. */
  happened(clientMessageId: string, event: OutboxEvent): void {
    const before = this.outbox.get(clientMessageId)?.record;
    const record = this.outbox.happened(clientMessageId, event);
    if (!record) return;
    const item = this.outbox.get(clientMessageId);
    if (!item) this.#forget(record);
    else if (isChange(item) && item.progress.name === 'failed') {
      this.outbox.remove(clientMessageId);
      this.#forget(record);
      this.#refuse(record, item.progress.reason);
      this.#end({ type: 'refused', clientMessageId, reason: item.progress.reason });
    }
    // Who settles an accepted one takes it out of the store: written again, it would outlive its entry there.
    else if (record !== before && event.type !== 'accepted') this.#keep(record);
    else this.#parts.changed(record.conversationId);
  }

  logDropped(conversationId: ConversationId): void {
    this.#settled.clear();
    for (const { record } of this.outbox.of(conversationId)) {
      this.happened(record.clientMessageId, { type: 'logDropped' });
    }
  }

  lead(leads: boolean): void {
    this.#leads = leads;
    if (leads) return;
    for (const { record } of this.outbox.all()) this.happened(record.clientMessageId, { type: 'leadershipLost' });
  }

  /** OUT-7: what other clients have written. What came back in the log, was refused or discarded is not in the outbox again. */
  merge(records: readonly OutboxRecord[]): void {
    const own = records.filter((record) => this.#isMine(record));
    const unsettled = own.filter((record) => {
      const { clientMessageId } = record;
      if (this.outbox.get(clientMessageId)) return true;
      const settled = this.#settled.get(clientMessageId);
      const ended = this.#ended.get(clientMessageId);
      if (settled) this.#settledBy(settled);
      else if (ended) {
        this.#forget(record);
        this.#share(ended);
      }
      return !settled && !ended;
    });
    for (const { conversationId } of this.outbox.merge(unsettled)) this.#parts.changed(conversationId);
  }

  changedElsewhere(change: OutboxChange): void {
    if (change.type !== 'accepted') this.#ended.set(change.clientMessageId, change);
    switch (change.type) {
      case 'accepted':
        this.#accepted(change);
        return;
      case 'discarded':
        this.happened(change.clientMessageId, { type: 'discarded' });
        return;
      case 'refused': {
        const record = this.outbox.remove(change.clientMessageId);
        if (!record) return;
        this.#forget(record);
        this.#refuse(record, change.reason);
      }
    }
  }

  /** OUT-3: the server has it. Its place may lie beyond a gap; then it stays in the outbox until the gap is filled. */
  sent(clientMessageId: string, { conversationId, seq, serverTimeMs, header }: MessageSent): void {
    const item = this.outbox.get(clientMessageId);
    if (!item) return;
    const { record, progress } = item;
    const acceptance = { conversationId, clientMessageId, seq, serverTimeMs };
    // Answered after another client took over: what is in the log may be its try, with another time.
    const isOurTry = progress.name === 'sending' && !record.retried;
    this.#accepted(acceptance, isOurTry ? this.#contentOf(record, header) : undefined);
    if (this.outbox.get(clientMessageId)) this.#share({ type: 'accepted', ...acceptance });
  }

  /** OUT-3: an entry of the log. Whether it is one that was written on this device and settles it. */
  settle(entry: Entry): boolean {
    if (entry.senderId !== this.#parts.me) return false;
    const { conversationId, clientMessageId, seq, serverTimeMs } = entry;
    const acceptance = { conversationId, clientMessageId, seq, serverTimeMs };
    this.#placed(acceptance);
    const wasAccepted = this.outbox.get(entry.clientMessageId)?.progress.name === 'accepted';
    const settled = this.outbox.settle(entry, this.#parts.me);
    if (!settled) return false;
    this.#settledBy(acceptance);
    if (!wasAccepted) this.#told(settled, seq);
    return true;
  }

  /** Messages whose place is older than what the device took for its log: their entries will not come by themselves. */
  forgetAcceptedBefore(conversationId: ConversationId, fromSeq: number): void {
    for (const { record, progress } of this.outbox.of(conversationId)) {
      if (progress.name !== 'accepted' || progress.seq >= fromSeq) continue;
      const { clientMessageId } = record;
      this.outbox.remove(clientMessageId);
      this.#settledBy({ conversationId, clientMessageId, seq: progress.seq, serverTimeMs: progress.serverTimeMs });
    }
  }

  /** Without `content`, the entry is taken from the log: it may be that of an earlier try, and another client's time. */
  #accepted({ conversationId, clientMessageId, seq, serverTimeMs }: Acceptance, content?: Content): void {
    this.#placed({ conversationId, clientMessageId, seq, serverTimeMs });
    const item = this.outbox.get(clientMessageId);
    if (!item) return;
    const sync = this.#parts.sync();
    this.happened(clientMessageId, { type: 'accepted', seq, serverTimeMs });
    if (item.progress.name !== 'accepted') this.#told(item.record, seq);
    if (content) sync.entry({ ...content, conversationId, seq, serverTimeMs });
    else sync.expect(conversationId, seq);
    const isHeld = seq <= (sync.log(conversationId)?.toSeq ?? 0);
    if (isHeld && this.outbox.remove(clientMessageId)) {
      this.#settledBy({ conversationId, clientMessageId, seq, serverTimeMs });
    }
    this.#parts.changed(conversationId);
  }

  /** OUT-12. */
  #placed(acceptance: Acceptance): void {
    this.#settled.set(acceptance.clientMessageId, acceptance);
    for (const record of this.outbox.placed(acceptance)) this.#keep(record);
  }

  #refuse(change: OutboxRecord, reason: FailureReason): void {
    this.#parts.effect({ type: 'emit', notice: { type: 'changeFailed', change, reason } });
  }

  /** `header`: what the server made of it; undefined: it is as it was. */
  #contentOf(record: OutboxRecord, header: EntryHeader | undefined): Content {
    const { clientMessageId, clientTimeMs, body, kind = EntryKind.MESSAGE } = record;
    return { kind, senderId: this.#parts.me, clientMessageId, clientTimeMs, body, header: header ?? record.header };
  }

  #keep(record: OutboxRecord): void {
    const { journal } = this.#parts;
    journal.putOutbox(record);
    if (journal.writing) this.#note(journal.unstoredOutbox());
    this.#parts.changed(record.conversationId);
  }

  /** OUT-2, OUT-11: with all that was written before, so that another client on the store finds no later one alone. */
  #note(records: readonly OutboxRecord[]): void {
    if (records.length <= NOTED_MAX) this.#parts.effect({ type: 'noteOutbox', records });
  }

  /** OUT-9. */
  #isMine({ senderId = this.#parts.me }: OutboxRecord): boolean {
    return senderId === this.#parts.me;
  }

  /** Takes it out of the store. Another client may take a newer page for its log and never meet the entry: it is told. */
  #settledBy(acceptance: Acceptance): void {
    this.#forget(acceptance);
    this.#share({ type: 'accepted', ...acceptance });
  }

  #forget({ clientMessageId, conversationId }: Pick<OutboxRecord, 'clientMessageId' | 'conversationId'>): void {
    this.#parts.journal.removeOutbox(clientMessageId);
    this.#parts.changed(conversationId);
  }

  #end(change: Ending): void {
    this.#ended.set(change.clientMessageId, change);
    this.#share(change);
  }

  #share(change: OutboxChange): void {
    this.#parts.effect({ type: 'shareOutbox', change });
  }

  #told({ conversationId, clientMessageId }: OutboxRecord, seq: number): void {
    this.#parts.effect({ type: 'emit', notice: { type: 'sent', conversationId, clientMessageId, seq } });
  }
}
