import {
  advanceCursor,
  type Conversation,
  type CursorPosition,
  cursorOf,
  type MemberHead,
  tellsReceipts,
} from '@hongyan/core';
import { type ConversationId, ConversationKind, type UserId } from '@hongyan/protocol';
import type { Caller } from './caller.ts';
import type { Conversations } from './conversations.ts';
import { CursorWriter, type CursorWriterParts } from './cursor-writer.ts';
import type { Gate } from './gate.ts';
import { publishPush } from './push.ts';

/** Receipts that move within this time share one push, unless somebody says otherwise. */
const PUSH_DELAY_MS = 4;
/** Those of a group come together in one push to everybody. */
const GROUP_PUSH_DELAY_MS = 1_000;

interface Moved extends CursorPosition {
  conversation: Conversation;
  userId: UserId;
  /** The session that knows all of it because it said so; '' when several said a part. */
  sessionId: string;
}

export interface ReceiptParts extends CursorWriterParts {
  /** Bounds what is read at once. */
  reads: Gate;
  /** How long moved receipts are gathered for one push. */
  receiptDelayMs?: (() => number) | undefined;
}

/** Moves cursors forward in memory, pushes receipts, and writes both behind in batches. */
export class Receipts {
  readonly #parts: ReceiptParts;
  readonly #conversations: Conversations;
  readonly #writer: CursorWriter;
  #unpushed = new Map<string, Moved>();
  /** Groups in which receipts wait, and whose. */
  readonly #groups = new Map<Conversation, Set<UserId>>();

  constructor(parts: ReceiptParts, conversations: Conversations) {
    this.#parts = parts;
    this.#conversations = conversations;
    this.#writer = new CursorWriter(parts);
  }

  /**
   * Takes what a device states live (RCP-1 to RCP-4). Rejects with StoreError or ProtocolError only when the log's end had to be
   * read and could not.
   */
  advance(caller: Caller, conversation: Conversation, stated: CursorPosition): void | Promise<void> {
    if (Math.max(stated.deliveredSeq, stated.readSeq) > conversation.lastSeq) {
      const refreshed = this.#parts.reads.run(caller.userId, () => this.#conversations.refresh(conversation));
      return refreshed.then(() => this.#advance(caller, conversation, stated));
    }
    this.#advance(caller, conversation, stated);
  }

  /**
   * Takes what a device says again in Hello: what a crash may have lost (RCP-6), and mostly nothing new. Where it is beyond the
   * log's end as this process knows it, another one has appended, and the end is read first.
   */
  restate(caller: Caller, conversation: Conversation, stated: CursorPosition): void {
    if (stated.deliveredSeq > conversation.lastSeq) {
      Promise.resolve(this.advance(caller, conversation, stated)).catch(() => undefined);
    } else if (this.#move(caller, conversation, stated)) this.#hold(caller, conversation, stated.deliveredSeq);
  }

  /** What somebody who was a member has, and has read, of what that covers; only their own devices are told. */
  formerAdvance(caller: Caller, conversationId: ConversationId, member: MemberHead, stated: CursorPosition): void {
    const cursor = { deliveredSeq: member.deliveredSeq, readSeq: member.readSeq };
    const moved = advanceCursor(cursor, stated, member.untilSeq);
    if (!moved.delivered && !moved.read) return;
    const value = { conversationId, userId: caller.userId, ...cursor };
    publishPush(this.#parts.bus, [caller.userId], { case: 'receipt', value }, '');
    this.#writer.cursorMoved(conversationId, caller.userId, cursor);
  }

  /** Pushes and writes what is waiting. Resolves when all of it is committed, or some of it could not be. */
  async flush(): Promise<void> {
    this.#push();
    for (const conversation of [...this.#groups.keys()]) this.#pushGroup(conversation);
    await this.#writer.flush();
  }

  /** Resolves when all that devices stated so far is in the store, however long that takes. */
  kept(): Promise<void> {
    return this.#writer.kept();
  }

  #advance(caller: Caller, conversation: Conversation, stated: CursorPosition): void {
    this.#move(caller, conversation, stated);
    this.#hold(caller, conversation, stated.deliveredSeq);
  }

  #move({ userId, sessionId }: Caller, conversation: Conversation, stated: CursorPosition): boolean {
    const cursor = conversation.memberships.get(userId);
    if (cursor === undefined) return false;
    const moved = advanceCursor(cursor, stated, conversation.lastSeq);
    if (!moved.delivered && !moved.read) return false;
    if (conversation.kind === ConversationKind.GROUP) this.#movedInGroup(conversation, userId);
    else {
      if (this.#unpushed.size === 0)
        this.#parts.clock.schedule(this.#parts.receiptDelayMs?.() ?? PUSH_DELAY_MS, () => this.#push());
      merge(this.#unpushed, `${userId} ${conversation.id}`, { conversation, sessionId, ...cursorOf(cursor) });
    }
    this.#writer.cursorMoved(conversation.id, userId, cursor);
    return true;
  }

  /** In a large group only the account's own devices are told (RCP-8). */
  #movedInGroup(conversation: Conversation, userId: UserId): void {
    if (!tellsReceipts(conversation)) {
      this.#tellOneself(conversation, userId);
      return;
    }
    const waiting = this.#groups.get(conversation);
    if (waiting !== undefined) {
      waiting.add(userId);
      return;
    }
    this.#groups.set(conversation, new Set([userId]));
    this.#parts.clock.schedule(GROUP_PUSH_DELAY_MS, () => this.#pushGroup(conversation));
  }

  #tellOneself({ id, memberships }: Conversation, userId: UserId): void {
    const cursor = memberships.get(userId);
    if (cursor === undefined) return;
    publishPush(this.#parts.bus, [userId], { case: 'receipt', value: { conversationId: id, ...cursorOf(cursor) } }, '');
  }

  #pushGroup(conversation: Conversation): void {
    const { id, members, memberships } = conversation;
    const moved = [...(this.#groups.get(conversation) ?? [])];
    this.#groups.delete(conversation);
    // That they are hidden may have been set since they moved.
    if (!tellsReceipts(conversation)) {
      for (const userId of moved) this.#tellOneself(conversation, userId);
      return;
    }
    const told = moved.flatMap((userId) => {
      const cursor = memberships.get(userId);
      return cursor === undefined ? [] : [cursorOf(cursor)];
    });
    publishPush(this.#parts.bus, members, { case: 'receipts', value: { conversationId: id, cursors: told } }, '');
  }

  #hold({ userId, deviceId }: Caller, { id, lastSeq }: Conversation, deliveredSeq: number): void {
    const seq = Math.min(deliveredSeq, lastSeq);
    this.#writer.deviceHolds({ conversationId: id, userId, deviceId, seq });
  }

  #push(): void {
    const moved = this.#unpushed;
    this.#unpushed = new Map();
    for (const { conversation, userId, sessionId, deliveredSeq, readSeq } of moved.values()) {
      const value = { conversationId: conversation.id, userId, deliveredSeq, readSeq };
      publishPush(this.#parts.bus, conversation.members, { case: 'receipt', value }, sessionId);
    }
  }
}

/** Numbers, not the conversation's own cursor, and by max: two objects may stand for one conversation. */
function merge(changes: Map<string, Moved>, key: string, change: Moved): void {
  const known = changes.get(key);
  changes.set(key, {
    ...change,
    sessionId: known === undefined || known.sessionId === change.sessionId ? change.sessionId : '',
    deliveredSeq: Math.max(known?.deliveredSeq ?? 0, change.deliveredSeq),
    readSeq: Math.max(known?.readSeq ?? 0, change.readSeq),
  });
}
