import { type Conversation, isMember, type MemberHead, type Store } from '@hongyan/core';
import {
  type ConversationId,
  type ConversationUpdate,
  type Entry,
  type EntryPage,
  type FetchChanges,
  type FetchEntries,
  type FetchUserEvents,
  type Limits,
  SYSTEM_USER_ID,
  type UserEventPage,
  type UserId,
} from '@hongyan/protocol';
import type { Conversations } from './conversations.ts';
import { PAGE_BYTES_MAX } from './page.ts';
import { conversationState, formerState } from './state.ts';
import { fittingEvents } from './user-log.ts';
import { viewerOf } from './viewer.ts';

/** A conversation as far as an account may read it. */
export interface Readable {
  readonly conversationId: ConversationId;
  readonly lastSeq: number;
}

const pageSize = (asked: number, limits: Limits) => Math.min(Math.max(asked, 1), limits.pageEntriesMax);

/** Later entries that change messages of a page; more of them are left out, the latest. */
const PAGE_CHANGES_MAX = 1_000;

/** Reads a contiguous run of the log, as far as the account may read it (LOG-6). */
export async function fetchEntries(
  { log }: Store,
  limits: Limits,
  { conversationId, lastSeq }: Readable,
  viewerId: UserId,
  { afterSeq, beforeSeq, limit }: FetchEntries,
): Promise<EntryPage> {
  const entries = await log.read({
    conversationId,
    afterSeq,
    beforeSeq: beforeSeq === 0 ? Number.MAX_SAFE_INTEGER : beforeSeq,
    limit: pageSize(limit, limits),
    bytesMax: PAGE_BYTES_MAX,
    from: beforeSeq === 0 ? 'oldest' : 'newest',
    viewerId: viewerOf(viewerId),
  });
  const [first, last] = [entries.at(0)?.seq ?? 0, entries.at(-1)?.seq ?? 0];
  if (last === 0 || last >= lastSeq) {
    return { conversationId, entries, lastSeq: Math.max(lastSeq, last), changes: [] };
  }
  const changes = await log.changes({
    conversationId,
    fromTargetSeq: first,
    toTargetSeq: last,
    afterSeq: last,
    standing: true,
    limit: PAGE_CHANGES_MAX,
    viewerId: viewerOf(viewerId),
  });
  return { conversationId, entries, lastSeq, changes: fittingEntries(changes) };
}

/** Every change of one message, oldest first. */
export async function fetchChanges(
  { log }: Store,
  limits: Limits,
  { conversationId, lastSeq }: Readable,
  viewerId: UserId,
  { targetSeq, afterSeq, limit }: FetchChanges,
): Promise<EntryPage> {
  const entries = await log.changes({
    conversationId,
    fromTargetSeq: targetSeq,
    toTargetSeq: targetSeq,
    afterSeq,
    standing: false,
    limit: pageSize(limit, limits),
    viewerId: viewerOf(viewerId),
  });
  return { conversationId, entries: fittingEntries(entries), lastSeq, changes: [] };
}

/** What an entry costs beside its body and whom it mentions: ids, numbers and tags. */
const OVERHEAD_BYTES = 150;
const MENTION_BYTES = 20;

/**
 * The first ones that have `PAGE_BYTES_MAX` together, but at least one. They come beside a page of entries, and both have to fit
 * into one frame.
 */
function fittingEntries(entries: readonly Entry[]): Entry[] {
  let bytes = 0;
  const past = entries.findIndex(({ body, header }, at) => {
    bytes += body.length + (header?.mentionedIds.length ?? 0) * MENTION_BYTES + OVERHEAD_BYTES;
    return at > 0 && bytes > PAGE_BYTES_MAX;
  });
  return entries.slice(0, past === -1 ? entries.length : past);
}

/**
 * The state of one conversation with its newest entries. Another process may have moved it since this one took it into
 * use, so that the store is asked for its head too. undefined: so the account is no member any more (GRP-1).
 */
export async function fetchConversation(
  { store, limits, conversations }: { store: Store; limits: Limits; conversations: Conversations },
  conversation: Conversation,
  userId: UserId,
  limit: number,
): Promise<ConversationUpdate | undefined> {
  const [entries, head] = await Promise.all([
    store.log.read({
      conversationId: conversation.id,
      afterSeq: 0,
      beforeSeq: Number.MAX_SAFE_INTEGER,
      limit: pageSize(limit, limits),
      bytesMax: PAGE_BYTES_MAX,
      from: 'newest',
      viewerId: userId,
    }),
    store.log.headFor(conversation.id, userId),
  ]);
  if (head !== undefined) await conversations.absorb(conversation, head);
  if (userId !== SYSTEM_USER_ID && !isMember(conversation, userId)) return undefined;
  conversation.lastSeq = Math.max(conversation.lastSeq, entries.at(-1)?.seq ?? 0);
  return { state: await conversationState(store, limits, conversation, userId), entries };
}

/** The same for somebody who was a member. */
export async function fetchFormerConversation(
  store: Store,
  limits: Limits,
  conversationId: ConversationId,
  member: MemberHead,
  limit: number,
): Promise<ConversationUpdate> {
  const entries = await store.log.read({
    conversationId,
    afterSeq: 0,
    beforeSeq: Number.MAX_SAFE_INTEGER,
    limit: pageSize(limit, limits),
    bytesMax: PAGE_BYTES_MAX,
    from: 'newest',
    viewerId: member.userId,
  });
  return { state: await formerState(store, limits, conversationId, member), entries };
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
