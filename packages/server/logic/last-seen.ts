import type { Clock, Logger, Store } from '@hongyan/core';
import type { UserId } from '@hongyan/protocol';

/** When accounts were seen last is written together, so often. */
const WRITE_DELAY_MS = 10_000;
/** More are not remembered until the others are written. */
const ACCOUNTS_MAX = 100_000;
/** In one commit. */
const PART = 1_000;

export interface LastSeenParts {
  store: Store;
  clock: Clock;
  logger: Logger;
}

/** Keeps when accounts were connected last, written behind: a crash loses the last seconds of it, and nobody minds. */
export class LastSeenWriter {
  readonly #parts: LastSeenParts;
  #waiting = new Map<UserId, number>();
  #cancel: (() => void) | undefined;

  constructor(parts: LastSeenParts) {
    this.#parts = parts;
  }

  left(userIds: readonly UserId[], seenMs: number): void {
    for (const userId of userIds) {
      const known = this.#waiting.get(userId);
      if (known !== undefined || this.#waiting.size < ACCOUNTS_MAX) {
        this.#waiting.set(userId, Math.max(known ?? 0, seenMs));
      }
    }
    if (this.#waiting.size > 0) this.#cancel ??= this.#parts.clock.schedule(WRITE_DELAY_MS, () => void this.flush());
  }

  /** Resolves when all is written, or was dropped because it could not be. */
  async flush(): Promise<void> {
    const { store, clock, logger } = this.#parts;
    this.#cancel?.();
    this.#cancel = undefined;
    const seen = [...this.#waiting].map(([userId, seenMs]) => ({ userId, seenMs }));
    this.#waiting = new Map();
    for (let at = 0; at < seen.length; at += PART) {
      const batch = { cursors: [], positions: [], seen: seen.slice(at, at + PART), timeMs: clock.now() };
      await store.cursors.advance(batch).catch((error: unknown) => {
        logger.warn({ error }, 'when accounts were seen last could not be written');
      });
    }
  }
}
