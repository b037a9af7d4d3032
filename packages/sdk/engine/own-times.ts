import type { ConversationId, Entry, UserId } from '@hongyan/protocol';
import type { OutboxItem } from './outbox.ts';

/** CON-7: when this device's messages say they were written: never before the one it wrote before in the conversation. */
export class OwnTimes {
  readonly #lastMs = new Map<ConversationId, number>();

  /** `known`: what is at hand, as that may stem from before a restart; `keptMs` is the latest time of own entries. */
  next(
    conversationId: ConversationId,
    nowMs: number,
    known: { outbox: readonly OutboxItem[]; newest: Entry | undefined; keptMs: number; me: UserId },
  ): number {
    const { outbox, newest, keptMs, me } = known;
    const timeMs = Math.max(
      nowMs,
      this.#lastMs.get(conversationId) ?? 0,
      keptMs,
      newest?.senderId === me ? newest.clientTimeMs : 0,
      ...outbox.map(({ record }) => record.clientTimeMs),
    );
    this.#lastMs.set(conversationId, timeMs);
    return timeMs;
  }
}
