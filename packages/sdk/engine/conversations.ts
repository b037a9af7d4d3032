import {
  type Cleared,
  type ConversationId,
  ConversationKind,
  parseConversationId,
  type UserId,
} from '@hongyan/protocol';
import type { Conversation } from '../types.ts';
import type { ConversationLog } from './conversation-log.ts';
import { othersProgress } from './cursors.ts';
import type { OutboxItem } from './outbox.ts';
import { messageFromEntry, messageFromOutbox } from './timeline.ts';

/** One item of the list; undefined for a conversation in which nothing was said, or nothing after what was cleared. */
export function summarise(
  conversationId: ConversationId,
  log: ConversationLog | undefined,
  outbox: readonly OutboxItem[],
  me: UserId,
  { cleared, markedUnread }: { cleared: Cleared; markedUnread: boolean },
): Conversation | undefined {
  const parsed = parseConversationId(conversationId);
  const clearedSeq = cleared.throughSeq;
  const lastSeq = Math.max(log?.lastSeq ?? 0, log?.newestEntry?.seq ?? 0);
  if (outbox.length === 0 && lastSeq <= clearedSeq) return undefined;
  const entry = (log?.newestEntry?.seq ?? 0) > clearedSeq ? log?.newestEntry : undefined;
  // A message that failed stays where it was written (C7), which may be before the end.
  const newest = outbox.findLast(
    ({ record, progress }) => progress.name !== 'failed' || record.clientTimeMs >= (entry?.serverTimeMs ?? 0),
  );
  const others = othersProgress(log?.cursors ?? [], me);
  return {
    id: conversationId,
    kind: log?.kind ?? parsed?.kind ?? ConversationKind.UNSPECIFIED,
    peerId: parsed?.members?.find((userId) => userId !== me),
    lastMessage: newest ? messageFromOutbox(newest, me) : entry && messageFromEntry(entry, me, others),
    unreadCount: log?.unreadAfter(cleared) ?? 0,
    markedUnread,
    failedCount: outbox.filter(({ progress }) => progress.name === 'failed').length,
    activeAtMs: Math.max(newest?.record.clientTimeMs ?? 0, entry?.serverTimeMs ?? 0),
  };
}

/** The list as it is shown. Summaries are made anew only for what changed, the order only when asked for. */
export class ConversationList {
  readonly #summaries = new Map<ConversationId, Conversation>();
  readonly #changed = new Set<ConversationId>();
  #sorted: readonly Conversation[] = [];

  changed(conversationId: ConversationId): void {
    this.#changed.add(conversationId);
  }

  read(summary: (conversationId: ConversationId) => Conversation | undefined): readonly Conversation[] {
    if (this.#changed.size === 0) return this.#sorted;
    for (const conversationId of this.#changed) {
      const next = summary(conversationId);
      if (next) this.#summaries.set(conversationId, next);
      else this.#summaries.delete(conversationId);
    }
    this.#changed.clear();
    this.#sorted = [...this.#summaries.values()].sort((a, b) => b.activeAtMs - a.activeAtMs || (a.id < b.id ? -1 : 1));
    return this.#sorted;
  }
}
