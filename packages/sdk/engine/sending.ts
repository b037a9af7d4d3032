import { type ConversationId, EntryKind, ErrorCode, errorClass, type Error as Refusal } from '@hongyan/protocol';
import { reasonOf } from '../failures.ts';
import type { Commands } from './commands.ts';
import { LiveClock } from './live-clock.ts';
import type { Replica } from './replica.ts';
import type { Retries } from './retries.ts';
import type { Moment, OutboxRecord } from './types.ts';

/** The reason of a message that failed because its tries ended without an answer. */
export const NO_ANSWER = 'no-answer';

const sending = (conversationId: ConversationId) => `send ${conversationId}`;

/** Sends what the outbox has, one message of each conversation at a time, and again after a pause (OUT-2, OUT-4, OUT-5). */
export class Sending {
  readonly #replica: Replica;
  readonly #commands: Commands;
  readonly #retries: Retries;
  readonly #live = new LiveClock();

  constructor(replica: Replica, commands: Commands, retries: Retries) {
    this.#replica = replica;
    this.#commands = commands;
    this.#retries = retries;
  }

  /** The connection is live. */
  issue(at: Moment, hasRoom: () => boolean): void {
    this.#live.tick(at.nowMs);
    const { outbox } = this.#replica;
    if (!this.#replica.own.leads) return;
    for (const conversationId of [...outbox.conversationIds]) {
      if (!hasRoom()) return;
      if (this.#retries.isPaused(sending(conversationId), at.nowMs)) continue;
      const record = this.#nextToSend(conversationId);
      if (!record) continue;
      const { clientMessageId, clientTimeMs, body, header, kind = EntryKind.MESSAGE } = record;
      outbox.happened(clientMessageId, { type: 'sent', liveMs: this.#live.liveMs });
      this.#replica.changed(conversationId);
      const value = { conversationId, clientMessageId, clientTimeMs, body, header };
      const command =
        kind === EntryKind.MESSAGE
          ? ({ case: 'sendMessage', value } as const)
          : ({ case: 'changeConversation', value: { ...value, kind } } as const);
      this.#commands.ask(command, { kind: 'send', conversationId, clientMessageId }, at.nowMs);
    }
  }

  settled(conversationId: ConversationId): void {
    this.#retries.succeeded(sending(conversationId));
  }

  /** The person does not want to wait. */
  retried(clientMessageId: string): void {
    const conversationId = this.#replica.outbox.get(clientMessageId)?.record.conversationId;
    if (conversationId !== undefined) this.#retries.hurry(sending(conversationId));
  }

  refused(message: { conversationId: ConversationId; clientMessageId: string }, refusal: Refusal, at: Moment): void {
    const reason = reasonOf(refusal.code);
    if (errorClass(refusal.code) !== 'later') {
      this.#replica.own.happened(message.clientMessageId, { type: 'refusedForGood', reason });
      return;
    }
    const pauseMs = this.#retries.failed(sending(message.conversationId), refusal.retryAfterMs, at);
    const { liveMs } = this.#live;
    this.#replica.own.happened(message.clientMessageId, { type: 'refusedForNow', reason, liveMs, pauseMs });
  }

  connectionLost(at: Moment): void {
    this.#live.stop(at.nowMs);
    const { liveMs } = this.#live;
    for (const { record, progress } of this.#replica.outbox.all()) {
      if (progress.name !== 'sending') continue;
      const pauseMs = this.#retries.failed(sending(record.conversationId), 0, at);
      const event = { type: 'connectionLost', reason: NO_ANSWER, liveMs, pauseMs } as const;
      this.#replica.own.happened(record.clientMessageId, event);
      if (this.#replica.outbox.get(record.clientMessageId)?.progress.name !== 'queued') {
        this.#retries.hurry(sending(record.conversationId));
      }
    }
  }

  /** What is beyond the limits fails here: sent, it would cost the connection. So does what nobody may write any more. */
  #nextToSend(conversationId: ConversationId): OutboxRecord | undefined {
    const { outbox, limits, sync } = this.#replica;
    const log = sync.log(conversationId);
    const isOver = log?.membership?.former === true || log?.facts.dissolved === true;
    let record = outbox.sendable(conversationId);
    while (record && (isOver || record.body.length > limits.bodyBytesMax)) {
      const reason = reasonOf(isOver ? ErrorCode.FORBIDDEN : ErrorCode.LIMIT_EXCEEDED);
      this.#replica.own.happened(record.clientMessageId, { type: 'refusedForGood', reason });
      record = outbox.sendable(conversationId);
    }
    return record;
  }
}
