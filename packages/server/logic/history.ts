import { absorbHead, type Conversation, type Store } from '@hongyan/core';
import type {
  ConversationUpdate,
  EntryPage,
  FetchEntries,
  FetchUserEvents,
  Limits,
  UserEventPage,
  UserId,
} from '@hongyan/protocol';
import { PAGE_BYTES_MAX } from './page.ts';
import { conversationState } from './state.ts';
import { fittingEvents } from './user-log.ts';

const pageSize = (asked: number, limits: Limits) => Math.min(Math.max(asked, 1), limits.pageEntriesMax);

/** Reads a contiguous run of the log (LOG-6). */
export async function fetchEntries(
  store: Store,
  limits: Limits,
  conversation: Conversation,
  { afterSeq, beforeSeq, limit }: FetchEntries,
): Promise<EntryPage> {
  const entries = await store.log.read({
    conversationId: conversation.id,
    afterSeq,
    beforeSeq: beforeSeq === 0 ? Number.MAX_SAFE_INTEGER : beforeSeq,
    limit: pageSize(limit, limits),
    bytesMax: PAGE_BYTES_MAX,
    from: beforeSeq === 0 ? 'oldest' : 'newest',
  });
  const lastSeq = Math.max(conversation.lastSeq, entries.at(-1)?.seq ?? 0);
  return { conversationId: conversation.id, entries, lastSeq };
}

/**
 * The state of one conversation with its newest entries. Another process may have moved it since this one took it into
 * use, so that the store is asked for its head too.
 */
export async function fetchConversation(
  store: Store,
  limits: Limits,
  conversation: Conversation,
  userId: UserId,
  limit: number,
): Promise<ConversationUpdate> {
  const [entries, head] = await Promise.all([
    store.log.read({
      conversationId: conversation.id,
      afterSeq: 0,
      beforeSeq: Number.MAX_SAFE_INTEGER,
      limit: pageSize(limit, limits),
      bytesMax: PAGE_BYTES_MAX,
      from: 'newest',
    }),
    store.log.head(conversation.id),
  ]);
  if (head !== undefined) absorbHead(conversation, head);
  conversation.lastSeq = Math.max(conversation.lastSeq, entries.at(-1)?.seq ?? 0);
  return { state: await conversationState(store, limits, conversation, userId), entries };
}

/** Reads an account's own log. */
export async function fetchUserEvents(
  store: Store,
  limits: Limits,
  userId: UserId,
  { afterSeq, limit }: FetchUserEvents,
): Promise<UserEventPage> {
  const lastSeq = await store.userLog.lastSeq(userId);
  const events = await store.userLog.read({ userId, afterSeq, limit: pageSize(limit, limits) });
  return { events: fittingEvents(events), lastSeq: Math.max(lastSeq, events.at(-1)?.seq ?? 0) };
}
