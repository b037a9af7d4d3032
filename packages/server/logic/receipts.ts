import { advanceCursor, type Bus, type Clock, type Conversation, type Logger, type Store } from '@hongyan/core';
import type { ConversationId, DeviceId, UserId } from '@hongyan/protocol';
import type { Caller } from './caller.ts';
import type { Conversations } from './conversations.ts';
import { publishPush } from './push.ts';

/** Receipts that move within this time share one push. */
const PUSH_DELAY_MS = 4;
/** Cursors and device positions are written behind: a crash may lose this much, and devices state it again (RCP-6). */
const FLUSH_DELAY_MS = 500;
const RETRY_DELAY_MS = 2_000;

interface Moved {
  conversation: Conversation;
  userId: UserId;
  /** The session that moved it last, which therefore knows all of it. */
  sessionId: string;
}

interface HeldPosition {
  conversationId: ConversationId;
  userId: UserId;
  deviceId: DeviceId;
  seq: number;
}

/** Moves cursors forward in memory, pushes receipts, and writes both behind in batches. */
export class Receipts {
  readonly #parts: { store: Store; bus: Bus; clock: Clock; logger: Logger };
  readonly #conversations: Conversations;
  #unpushed = new Map<string, Moved>();
  #unwritten = new Map<string, Moved>();
  #positions = new Map<string, HeldPosition>();
  #writing: Promise<void> | undefined;
  #flushPending = false;

  constructor(parts: { store: Store; bus: Bus; clock: Clock; logger: Logger }, conversations: Conversations) {
    this.#parts = parts;
    this.#conversations = conversations;
  }

  /** Takes a device's statement (RCP-1 to RCP-4). Rejects with StoreError only when the log's end had to be read and could not. */
  advance(
    caller: Caller,
    conversation: Conversation,
    stated: { deliveredSeq: number; readSeq: number },
  ): void | Promise<void> {
    if (Math.max(stated.deliveredSeq, stated.readSeq) > conversation.lastSeq) {
      return this.#conversations.refresh(conversation).then(() => this.#apply(caller, conversation, stated));
    }
    this.#apply(caller, conversation, stated);
  }

  /** Writes what is waiting. Resolves when it is committed or was put back for later. */
  async flush(): Promise<void> {
    this.#push();
    await this.#writing;
    await this.#write();
  }

  #apply(caller: Caller, conversation: Conversation, stated: { deliveredSeq: number; readSeq: number }): void {
    const { userId, deviceId, sessionId } = caller;
    const cursor = conversation.cursors.get(userId);
    if (cursor === undefined) return;
    const moved = advanceCursor(cursor, stated, conversation.lastSeq);
    const heldSeq = Math.min(stated.deliveredSeq, conversation.lastSeq);
    if (heldSeq > 0) {
      const key = `${deviceId} ${conversation.id}`;
      const known = this.#positions.get(key);
      if (known === undefined || known.seq < heldSeq) {
        this.#positions.set(key, { conversationId: conversation.id, userId, deviceId, seq: heldSeq });
        this.#scheduleFlush();
      }
    }
    if (!moved.delivered && !moved.read) return;
    const key = `${userId} ${conversation.id}`;
    const change = { conversation, userId, sessionId };
    if (this.#unpushed.size === 0) this.#parts.clock.schedule(PUSH_DELAY_MS, () => this.#push());
    this.#unpushed.set(key, change);
    this.#unwritten.set(key, change);
    this.#scheduleFlush();
  }

  #push(): void {
    const moved = this.#unpushed;
    this.#unpushed = new Map();
    for (const { conversation, userId, sessionId } of moved.values()) {
      const cursor = conversation.cursors.get(userId);
      if (cursor === undefined) continue;
      const value = { conversationId: conversation.id, userId, ...cursor };
      publishPush(this.#parts.bus, conversation.members, { case: 'receipt', value }, sessionId);
    }
  }

  #scheduleFlush(delayMs = FLUSH_DELAY_MS): void {
    if (this.#flushPending) return;
    this.#flushPending = true;
    this.#parts.clock.schedule(delayMs, () => {
      this.#flushPending = false;
      if (this.#writing === undefined) void this.#write();
      else this.#scheduleFlush();
    });
  }

  #write(): Promise<void> {
    if (this.#unwritten.size === 0 && this.#positions.size === 0) return Promise.resolve();
    const moved = this.#unwritten;
    const positions = this.#positions;
    this.#unwritten = new Map();
    this.#positions = new Map();
    this.#writing = this.#commit(moved, positions).finally(() => {
      this.#writing = undefined;
    });
    return this.#writing;
  }

  async #commit(moved: Map<string, Moved>, positions: Map<string, HeldPosition>): Promise<void> {
    const { store, bus, clock, logger } = this.#parts;
    const cursors = [...moved.values()].map(({ conversation, userId }) => ({
      conversationId: conversation.id,
      userId,
      deliveredSeq: conversation.cursors.get(userId)?.deliveredSeq ?? 0,
      readSeq: conversation.cursors.get(userId)?.readSeq ?? 0,
    }));
    try {
      const events = await store.cursors.advance({ cursors, positions: [...positions.values()], timeMs: clock.now() });
      for (const { userId, event } of events) publishPush(bus, [userId], { case: 'userEvent', value: event }, '');
    } catch (error) {
      logger.warn({ error, cursors: moved.size, positions: positions.size }, 'cursors not written, will try again');
      for (const [key, change] of moved) if (!this.#unwritten.has(key)) this.#unwritten.set(key, change);
      for (const [key, held] of positions) if (!this.#positions.has(key)) this.#positions.set(key, held);
      this.#scheduleFlush(RETRY_DELAY_MS);
    }
  }
}
