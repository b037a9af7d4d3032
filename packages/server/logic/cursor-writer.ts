import type { Bus, Clock, CursorPosition, DevicePosition, Logger, Store } from '@hongyan/core';
import type { ConversationId, UserId } from '@hongyan/protocol';
import { publishPush } from './push.ts';

/** Cursors and device positions are written behind: a crash may lose this much, and devices state it again (RCP-6). */
const FLUSH_DELAY_MS = 500;
const RETRY_DELAY_MS = 2_000;
/** Rows of one write, so that appends behind it do not wait long. */
const WRITE_ROWS_MAX = 500;

export interface CursorWriterParts {
  store: Store;
  bus: Bus;
  clock: Clock;
  logger: Logger;
}

/** What one write takes to the store, each by what it belongs to. */
interface Changes {
  cursors: Map<string, CursorPosition & { conversationId: ConversationId; userId: UserId }>;
  positions: Map<string, DevicePosition>;
  /** For those who wait until all of it is in the store. */
  kept: PromiseWithResolvers<void> | undefined;
}

const noChanges = (): Changes => ({ cursors: new Map(), positions: new Map(), kept: undefined });
const isEmpty = ({ cursors, positions }: Changes) => cursors.size === 0 && positions.size === 0;

/** Writes cursors and device positions behind, in batches, and tells the account's devices what was read. */
export class CursorWriter {
  readonly #parts: CursorWriterParts;
  #changes = noChanges();
  /** What is being written. */
  #underWay: Changes | undefined;
  #writing: Promise<void> | undefined;
  #isScheduled = false;

  constructor(parts: CursorWriterParts) {
    this.#parts = parts;
  }

  /** Merges by max. */
  cursorMoved(conversationId: ConversationId, userId: UserId, { deliveredSeq, readSeq }: CursorPosition): void {
    const { cursors } = this.#changes;
    const key = `${userId} ${conversationId}`;
    const known = cursors.get(key);
    cursors.set(key, {
      conversationId,
      userId,
      deliveredSeq: Math.max(known?.deliveredSeq ?? 0, deliveredSeq),
      readSeq: Math.max(known?.readSeq ?? 0, readSeq),
    });
    this.#schedule(FLUSH_DELAY_MS);
  }

  /** How far a device holds a conversation; only forward. */
  deviceHolds(position: DevicePosition): void {
    const { positions } = this.#changes;
    const key = `${position.deviceId} ${position.conversationId}`;
    if (position.seq <= (positions.get(key)?.seq ?? 0)) return;
    positions.set(key, position);
    this.#schedule(FLUSH_DELAY_MS);
  }

  /** Resolves when all that was taken so far is in the store, however long that takes. */
  async kept(): Promise<void> {
    const changes = isEmpty(this.#changes) ? this.#underWay : this.#changes;
    if (changes === undefined) return;
    changes.kept ??= Promise.withResolvers();
    await changes.kept.promise;
  }

  /** Writes what is waiting. Resolves when all of it is committed, or some of it could not be. */
  async flush(): Promise<void> {
    await this.#writing;
    await this.#write();
  }

  #schedule(delayMs: number): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    this.#parts.clock.schedule(delayMs, () => {
      this.#isScheduled = false;
      if (this.#writing === undefined) void this.#write();
      else this.#schedule(delayMs);
    });
  }

  #write(): Promise<void> {
    this.#writing = this.#writeAll().finally(() => {
      this.#writing = undefined;
    });
    return this.#writing;
  }

  async #writeAll(): Promise<void> {
    while (!isEmpty(this.#changes)) {
      const changes = this.#changes;
      this.#changes = noChanges();
      this.#underWay = changes;
      const isCommitted = await this.#commitAll(changes);
      this.#underWay = undefined;
      if (!isCommitted) {
        this.#takeBack(changes);
        return;
      }
      changes.kept?.resolve();
    }
  }

  /** Takes out what was committed; false when something was not. */
  async #commitAll(changes: Changes): Promise<boolean> {
    const { store, bus, clock, logger } = this.#parts;
    while (!isEmpty(changes)) {
      const [cursors, positions] = [first(changes.cursors), first(changes.positions)];
      const batch = { cursors: [...cursors.values()], positions: [...positions.values()], timeMs: clock.now() };
      try {
        const events = await store.cursors.advance(batch);
        for (const { userId, event } of events) publishPush(bus, [userId], { case: 'userEvent', value: event }, '');
      } catch (err) {
        logger.warn({ err, cursors: cursors.size, positions: positions.size }, 'cursors not written, will try again');
        return false;
      }
      for (const key of cursors.keys()) changes.cursors.delete(key);
      for (const key of positions.keys()) changes.positions.delete(key);
    }
    return true;
  }

  #takeBack({ cursors, positions, kept }: Changes): void {
    this.#schedule(RETRY_DELAY_MS);
    for (const { conversationId, userId, ...position } of cursors.values()) {
      this.cursorMoved(conversationId, userId, position);
    }
    for (const position of positions.values()) this.deviceHolds(position);
    if (kept !== undefined) {
      this.#changes.kept ??= Promise.withResolvers();
      void this.#changes.kept.promise.then(kept.resolve);
    }
  }
}

/** The oldest ones, as many as one write may have. */
function first<V>(from: Map<string, V>): Map<string, V> {
  const taken = new Map<string, V>();
  for (const [key, value] of from) {
    if (taken.size === WRITE_ROWS_MAX) break;
    taken.set(key, value);
  }
  return taken;
}
