import type { CursorPosition, DevicePosition } from '@hongyan/core';
import { advanceCursor, type Bus, type Clock, type Conversation, type Logger, type Store } from '@hongyan/core';
import type { UserId } from '@hongyan/protocol';
import type { Caller } from './caller.ts';
import type { Conversations } from './conversations.ts';
import type { Gate } from './gate.ts';
import { publishPush } from './push.ts';

/** Receipts that move within this time share one push, unless somebody says otherwise. */
const PUSH_DELAY_MS = 4;
/** Cursors and device positions are written behind: a crash may lose this much, and devices state it again (RCP-6). */
const FLUSH_DELAY_MS = 500;
const RETRY_DELAY_MS = 2_000;
/** Rows of one write, so that appends behind it do not wait long. */
const WRITE_ROWS_MAX = 500;

interface Moved extends CursorPosition {
  conversation: Conversation;
  userId: UserId;
  /** The session that knows all of it because it said so; '' when several said a part. */
  sessionId: string;
}

export interface ReceiptParts {
  store: Store;
  bus: Bus;
  clock: Clock;
  logger: Logger;
  /** Bounds what is read at once. */
  reads: Gate;
  /** How long moved receipts are gathered for one push. */
  receiptDelayMs?: (() => number) | undefined;
}

/** Moves cursors forward in memory, pushes receipts, and writes both behind in batches. */
export class Receipts {
  readonly #parts: ReceiptParts;
  readonly #conversations: Conversations;
  #unpushed = new Map<string, Moved>();
  readonly #unwritten = new Map<string, Moved>();
  readonly #positions = new Map<string, DevicePosition>();
  #writing: Promise<void> | undefined;
  #flushPending = false;

  constructor(parts: ReceiptParts, conversations: Conversations) {
    this.#parts = parts;
    this.#conversations = conversations;
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

  /** Writes what is waiting. Resolves when all of it is committed, or some of it could not be. */
  async flush(): Promise<void> {
    this.#push();
    await this.#writing;
    await this.#write();
  }

  #advance(caller: Caller, conversation: Conversation, stated: CursorPosition): void {
    this.#move(caller, conversation, stated);
    this.#hold(caller, conversation, stated.deliveredSeq);
  }

  #move({ userId, sessionId }: Caller, conversation: Conversation, stated: CursorPosition): boolean {
    const cursor = conversation.cursors.get(userId);
    if (cursor === undefined) return false;
    const moved = advanceCursor(cursor, stated, conversation.lastSeq);
    if (!moved.delivered && !moved.read) return false;
    const key = `${userId} ${conversation.id}`;
    const change = { conversation, userId, sessionId, ...cursor };
    if (this.#unpushed.size === 0)
      this.#parts.clock.schedule(this.#parts.receiptDelayMs?.() ?? PUSH_DELAY_MS, () => this.#push());
    merge(this.#unpushed, key, change);
    merge(this.#unwritten, key, change);
    this.#scheduleFlush();
    return true;
  }

  #hold({ userId, deviceId }: Caller, { id, lastSeq }: Conversation, deliveredSeq: number): void {
    const seq = Math.min(deliveredSeq, lastSeq);
    const key = `${deviceId} ${id}`;
    if (seq <= (this.#positions.get(key)?.seq ?? 0)) return;
    this.#positions.set(key, { conversationId: id, userId, deviceId, seq });
    this.#scheduleFlush();
  }

  #push(): void {
    const moved = this.#unpushed;
    this.#unpushed = new Map();
    for (const { conversation, userId, sessionId, deliveredSeq, readSeq } of moved.values()) {
      const value = { conversationId: conversation.id, userId, deliveredSeq, readSeq };
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
    this.#writing = this.#writeAll().finally(() => {
      this.#writing = undefined;
    });
    return this.#writing;
  }

  async #writeAll(): Promise<void> {
    while (this.#unwritten.size > 0 || this.#positions.size > 0) {
      if (!(await this.#commit(take(this.#unwritten), take(this.#positions)))) return;
    }
  }

  async #commit(moved: Map<string, Moved>, positions: Map<string, DevicePosition>): Promise<boolean> {
    const { store, bus, clock, logger } = this.#parts;
    const cursors = [...moved.values()].map(({ conversation, userId, deliveredSeq, readSeq }) => ({
      conversationId: conversation.id,
      userId,
      deliveredSeq,
      readSeq,
    }));
    try {
      const events = await store.cursors.advance({ cursors, positions: [...positions.values()], timeMs: clock.now() });
      for (const { userId, event } of events) publishPush(bus, [userId], { case: 'userEvent', value: event }, '');
      return true;
    } catch (err) {
      logger.warn({ err, cursors: moved.size, positions: positions.size }, 'cursors not written, will try again');
      for (const [key, change] of moved) merge(this.#unwritten, key, change);
      for (const [key, held] of positions) if (!this.#positions.has(key)) this.#positions.set(key, held);
      this.#scheduleFlush(RETRY_DELAY_MS);
      return false;
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

/** Takes the oldest entries out, as many as one write may have. */
function take<V>(from: Map<string, V>): Map<string, V> {
  const taken = new Map<string, V>();
  for (const [key, value] of from) {
    if (taken.size === WRITE_ROWS_MAX) break;
    taken.set(key, value);
    from.delete(key);
  }
  return taken;
}
