import {
  type Conversation,
  type Difference,
  difference,
  differenceFrom,
  isMember,
  type MemberHead,
  type Stated,
  type Store,
} from '@hongyan/core';
import type { ConversationId, ConversationUpdate, Entry, Limits, Position } from '@hongyan/protocol';
import type { Caller } from './caller.ts';
import type { Conversations } from './conversations.ts';
import { adoptHead, formerIn, type HeldConversation } from './held-conversations.ts';
import { PAGE_BYTES_MAX } from './page.ts';
import type { Receipts } from './receipts.ts';
import { conversationState, formerState } from './state.ts';

/** Entries in one ConversationUpdate (SYN-2); the device fetches what is beyond. */
export const UPDATE_ENTRIES_MAX = 50;
/** Past this many bytes of entries, updates carry the state only and the device fetches. */
const ENTRY_BYTES_MAX = 512 * 1024;
/** What an entry costs beside its body: ids, numbers and tags. */
const ENTRY_OVERHEAD_BYTES = 120;

export interface CatchUpParts {
  store: Store;
  limits: Limits;
  conversations: Conversations;
  receipts: Receipts;
}

/** Brings a device's conversations up to date, one by one, within what one sync may carry. */
export class CatchUp {
  readonly #parts: CatchUpParts;
  readonly #caller: Caller;
  #entryBytes = 0;

  constructor(parts: CatchUpParts, caller: Caller) {
    this.#parts = parts;
    this.#caller = caller;
  }

  /** What the device has to be told; undefined when it holds everything. */
  async update({ conversation: held, position }: Stated<HeldConversation>): Promise<ConversationUpdate | undefined> {
    const { store, limits, conversations, receipts } = this.#parts;
    const former = formerIn(held.head);
    if (former !== undefined) return this.#formerUpdate(held, former, position);
    const conversation = await adoptHead(conversations, held.head, this.#caller.userId);
    if (conversation === undefined) return undefined;
    if (position !== undefined) restate(receipts, this.#caller, conversation, position);
    const differs = difference(conversation, position, this.#caller.userId);
    if (differs.kind === 'none') return undefined;
    const entries = await this.#entries(conversation.id, differs);
    // Removed meanwhile: the entry that says so is pushed behind this.
    if (!isMember(conversation, this.#caller.userId)) return undefined;
    const state = await conversationState(store, limits, conversation, this.#caller.userId);
    return { state, entries };
  }

  /** Of a conversation that the account was a member of: what it covers. */
  async #formerUpdate(
    { seq, cursorSum, head }: HeldConversation,
    former: MemberHead,
    position: Position | undefined,
  ): Promise<ConversationUpdate | undefined> {
    const { store, limits, receipts } = this.#parts;
    if (position !== undefined) {
      const { seq: deliveredSeq, readSeq } = position;
      receipts.formerAdvance(this.#caller, head.conversationId, former, { deliveredSeq, readSeq });
    }
    if (position?.seq === seq && position.cursorSum === cursorSum) return undefined;
    const differs = differenceFrom(position, seq);
    const entries = await this.#entries(head.conversationId, differs);
    return { state: await formerState(store, limits, head.conversationId, former), entries };
  }

  async #entries(conversationId: ConversationId, differs: Difference): Promise<Entry[]> {
    if (differs.kind !== 'entries' || this.#entryBytes > ENTRY_BYTES_MAX) return [];
    const entries = await this.#parts.store.log.read({
      conversationId,
      afterSeq: differs.afterSeq,
      beforeSeq: Number.MAX_SAFE_INTEGER,
      limit: UPDATE_ENTRIES_MAX,
      bytesMax: PAGE_BYTES_MAX,
      from: 'newest',
      viewerId: this.#caller.userId,
    });
    for (const { body } of entries) this.#entryBytes += body.length + ENTRY_OVERHEAD_BYTES;
    return entries;
  }
}

/** A position says again what a crash may have taken: what the device holds and what the person read (RCP-6). */
export function restate(receipts: Receipts, caller: Caller, conversation: Conversation, position: Position): void {
  const { seq: deliveredSeq, readSeq } = position;
  receipts.restate(caller, conversation, { deliveredSeq, readSeq });
}
