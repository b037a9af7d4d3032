import {
  absorbHead,
  type Conversation,
  type Difference,
  difference,
  emptyConversation,
  type Store,
} from '@hongyan/core';
import { conversationHash, type Entry, type Hello, type Limits, type Position, type Push } from '@hongyan/protocol';
import type { Caller } from './caller.ts';
import type { Conversations } from './conversations.ts';
import { PAGE_BYTES_MAX } from './page.ts';
import type { Receipts } from './receipts.ts';
import { conversationState } from './state.ts';

/** Entries in one ConversationUpdate; the device fetches what is beyond. */
const UPDATE_ENTRIES_MAX = 50;
/** Past this many bytes of entries, updates carry the state only and the device fetches. */
const SYNC_ENTRY_BYTES_MAX = 512 * 1024;
/** What an entry costs beside its body: ids, numbers and tags. */
const ENTRY_OVERHEAD_BYTES = 120;
/** A device further behind in the user log than this is brought up by the states alone. */
const USER_EVENTS_MAX = 1_000;

export interface SyncParts {
  store: Store;
  limits: Limits;
  conversations: Conversations;
  receipts: Receipts;
  now: () => number;
}

type PushBody = NonNullable<Push['body']>;

/** The session that is brought up to date. */
export interface SyncTarget {
  push(body: PushBody): void;
  /** Whether nobody listens any more. */
  ended(): boolean;
}

/**
 * Brings a device up to date (SYN-1, SYN-2, SYN-5): pushes every difference to `target`, ending with `synced`.
 * The caller must already be subscribed to live pushes, so that nothing falls between.
 */
export async function synchronise(parts: SyncParts, caller: Caller, hello: Hello, target: SyncTarget): Promise<void> {
  const { store, limits } = parts;
  if (target.ended()) return;
  const userSeq = await store.userLog.lastSeq(caller.userId);
  const heads = await store.log.heads(caller.userId, limits.positionsMax);
  const positions = new Map(hello.holdings?.positions.map((position) => [position.conversationHash, position]));
  let entryBytes = 0;
  for (const head of heads) {
    if (target.ended()) return;
    const empty = emptyConversation(head.conversationId);
    if (empty === undefined) continue;
    const conversation = parts.conversations.adopt(empty);
    absorbHead(conversation, head);
    const position = positions.get(conversationHash(head.conversationId));
    if (position !== undefined) restate(parts, caller, conversation, position);
    const differs = difference(conversation, position);
    if (differs.kind === 'none') continue;
    const entries = entryBytes > SYNC_ENTRY_BYTES_MAX ? [] : await entriesFor(store, conversation, differs);
    for (const { body } of entries) entryBytes += body.length + ENTRY_OVERHEAD_BYTES;
    const state = await conversationState(store, limits, conversation, caller.userId);
    target.push({ case: 'conversationUpdate', value: { state, entries } });
  }
  await pushUserEvents(parts, caller, hello.holdings?.userSeq ?? 0, userSeq, target);
  target.push({ case: 'synced', value: { userSeq, serverTimeMs: parts.now() } });
}

/** A position says again what a crash may have taken: what the device holds and what the person read (RCP-6). */
function restate({ receipts }: SyncParts, caller: Caller, conversation: Conversation, position: Position): void {
  const held = Math.min(position.seq, conversation.lastSeq);
  const read = Math.min(position.readSeq, conversation.lastSeq);
  receipts.restate(caller, conversation, { deliveredSeq: held, readSeq: read });
}

function entriesFor(store: Store, conversation: Conversation, differs: Difference): Promise<Entry[]> {
  const whole = {
    conversationId: conversation.id,
    beforeSeq: Number.MAX_SAFE_INTEGER,
    limit: UPDATE_ENTRIES_MAX,
    bytesMax: PAGE_BYTES_MAX,
  };
  switch (differs.kind) {
    case 'entries-after':
      return store.log.read({ ...whole, afterSeq: differs.afterSeq, from: 'oldest' });
    case 'newest-page':
      return store.log.read({ ...whole, afterSeq: 0, from: 'newest' });
    case 'state':
    case 'none':
      return Promise.resolve([]);
  }
}

async function pushUserEvents(
  { store, limits }: SyncParts,
  caller: Caller,
  heldSeq: number,
  userSeq: number,
  target: SyncTarget,
): Promise<void> {
  if (heldSeq === 0 || userSeq - heldSeq > USER_EVENTS_MAX) return;
  for (let afterSeq = heldSeq; afterSeq < userSeq; ) {
    const events = await store.userLog.read({ userId: caller.userId, afterSeq, limit: limits.pageEntriesMax });
    for (const event of events) target.push({ case: 'userEvent', value: event });
    const last = events.at(-1);
    if (last === undefined) return;
    afterSeq = last.seq;
  }
}
