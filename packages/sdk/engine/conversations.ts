import {
  type Cleared,
  type ConversationId,
  ConversationKind,
  EntryKind,
  type Facts,
  factsAfter,
  NO_FACTS,
  parseConversationId,
  Role,
  type UserId,
} from '@hongyan/protocol';
import type { Conversation, Message } from '../types.ts';
import type { ConversationLog } from './conversation-log.ts';
import { othersProgress } from './cursors.ts';
import { messageFromEntry, messageFromOutbox } from './message.ts';
import type { OutboxItem } from './outbox.ts';
import { isChange, pendingChanges } from './timeline.ts';
import type { ShownEntry } from './types.ts';

/** One item of the list; undefined for a conversation in which nothing was said, or nothing after what was cleared. */
export function summarise(
  conversationId: ConversationId,
  log: ConversationLog | undefined,
  outbox: readonly OutboxItem[],
  me: UserId,
  { cleared, listed }: { cleared: Cleared; listed: Pick<Conversation, 'markedUnread' | 'notify' | 'onTop'> },
): Conversation | undefined {
  const parsed = parseConversationId(conversationId);
  const last = log?.shown;
  const shown = last && last.entry.seq > cleared.throughSeq ? last : undefined;
  const written = outbox.filter((item) => !isChange(item));
  if (written.length === 0 && !shown && (last || (log?.lastSeq ?? 0) <= cleared.throughSeq)) return undefined;
  // A message that failed stays where it was written (C7), which may be before the end.
  const newest = written.findLast(
    ({ record, progress }) => progress.name !== 'failed' || record.clientTimeMs >= (shown?.entry.serverTimeMs ?? 0),
  );
  const unread = log?.unreadAfter(cleared);
  return {
    id: conversationId,
    kind: log?.kind ?? parsed?.kind ?? ConversationKind.UNSPECIFIED,
    peerId: parsed?.members?.find((userId) => userId !== me),
    lastMessage: lastMessage(newest, shown, { log, outbox, me }),
    unreadCount: unread?.unread ?? 0,
    mentionCount: unread?.mentions ?? 0,
    ...listed,
    failedCount: written.filter(({ progress }) => progress.name === 'failed').length,
    activeAtMs: Math.max(newest?.record.clientTimeMs ?? 0, shown?.entry.serverTimeMs ?? 0),
    ...factsShown(log, outbox),
  };
}

function lastMessage(
  newest: OutboxItem | undefined,
  shown: ShownEntry | undefined,
  { log, outbox, me }: { log: ConversationLog | undefined; outbox: readonly OutboxItem[]; me: UserId },
): Message | undefined {
  const others = othersProgress(log?.cursors ?? [], me);
  const pending = pendingChanges(outbox);
  if (newest) {
    return messageFromOutbox(newest, { me, others, pending: pending.get(newest.record.clientMessageId) ?? [] });
  }
  if (!shown) return undefined;
  const { entry, change } = shown;
  const own = [...(pending.get(entry.seq) ?? []), ...(pending.get(entry.clientMessageId) ?? [])];
  return messageFromEntry(entry, { me, others, change, pending: own, dueMs: log?.dueMs(entry.seq) });
}

/** What the conversation is, with the changes made here that are on their way. */
function factsShown(log: ConversationLog | undefined, outbox: readonly OutboxItem[]) {
  const { facts, membership } = log ?? { facts: NO_FACTS, membership: undefined };
  const { seq: _, policy, ...shown } = outbox.reduce(withPending, facts);
  const isMuted = policy?.muted === true && membership?.role === Role.MEMBER;
  return {
    ...shown,
    policy,
    role: membership?.role ?? Role.UNSPECIFIED,
    nickname: membership?.nickname ?? '',
    mutedUntilMs: isMuted ? Number.POSITIVE_INFINITY : (membership?.mutedUntilMs ?? 0),
    former: membership?.former ?? false,
  };
}

function withPending(facts: Facts, { record, progress }: OutboxItem): Facts {
  const { kind, body } = record;
  if (kind !== EntryKind.CONVERSATION_CHANGED || progress.name === 'failed') return facts;
  return { ...factsAfter(facts, { seq: Number.MAX_SAFE_INTEGER, kind, body }), seq: facts.seq };
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
    this.#sorted = [...this.#summaries.values()].sort(byPlace);
    return this.#sorted;
  }
}

const byPlace = (a: Conversation, b: Conversation): number =>
  Number(b.onTop) - Number(a.onTop) || b.activeAtMs - a.activeAtMs || (a.id < b.id ? -1 : 1);
