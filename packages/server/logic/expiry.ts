import type { Clock, Logger, Store } from '@hongyan/core';

/** How long after its time a message may still be in the store, when there is nothing else to do. */
const INTERVAL_MS = 1_000;
/** Messages erased in one write, so that appends behind it do not wait long: taking one out of an index costs most. */
const BATCH_MAX = 20;

/** Erases messages whose lifetime is over (MSG-5). Several nodes may do it on one store. */
export class Expiry {
  readonly #parts: { store: Store; clock: Clock; logger: Logger };
  #cancel: (() => void) | undefined;
  #running: Promise<void> | undefined;
  #ended = false;

  constructor(parts: { store: Store; clock: Clock; logger: Logger }) {
    this.#parts = parts;
    this.#schedule();
  }

  /** Resolves when what was begun is over; nothing more is erased. */
  async end(): Promise<void> {
    this.#ended = true;
    this.#cancel?.();
    await this.#running;
  }

  #schedule(): void {
    if (this.#ended) return;
    this.#cancel = this.#parts.clock.schedule(INTERVAL_MS, () => {
      this.#running = this.#erase();
    });
  }

  async #erase(): Promise<void> {
    const { store, clock, logger } = this.#parts;
    try {
      while (!this.#ended && (await store.log.expire({ nowMs: clock.now(), limit: BATCH_MAX })) === BATCH_MAX);
    } catch (err) {
      logger.warn({ err }, 'messages whose lifetime is over were not erased, will try again');
    }
    this.#schedule();
  }
}
