import type { Clock, Logger, Store } from '@hongyan/core';

/** How long a message may wait for the index when there is nothing else to do. */
const INTERVAL_MS = 1_000;
/** Entries of one step, so that appends behind it do not wait long. */
const STEP_MAX = 128;
/** Of the time, the store has two parts of three for all others. The busier it is, the longer a step takes, and the pause after it. */
const PAUSE_PER_STEP = 2;
const PAUSE_MIN_MS = 4;
const PAUSE_MAX_MS = 2_000;

/** Takes messages into the index by which they are found (SRC-2). Several nodes may do it on one store. */
export class Indexing {
  readonly #parts: { store: Store; clock: Clock; logger: Logger };
  #cancel: (() => void) | undefined;
  #running: Promise<void> | undefined;
  #ended = false;

  constructor(parts: { store: Store; clock: Clock; logger: Logger }) {
    this.#parts = parts;
    this.#schedule(INTERVAL_MS);
  }

  /** Resolves when the step that was begun is over; no other begins. */
  async end(): Promise<void> {
    this.#ended = true;
    this.#cancel?.();
    await this.#running;
  }

  #schedule(delayMs: number): void {
    if (this.#ended) return;
    this.#cancel = this.#parts.clock.schedule(delayMs, () => {
      this.#running = this.#step();
    });
  }

  async #step(): Promise<void> {
    const { store, clock, logger } = this.#parts;
    const startMs = clock.now();
    let pauseMs = INTERVAL_MS;
    try {
      const passed = await store.search.index(STEP_MAX);
      const tookMs = Math.max(clock.now() - startMs, 0);
      if (passed > 0) pauseMs = Math.min(Math.max(tookMs * PAUSE_PER_STEP, PAUSE_MIN_MS), PAUSE_MAX_MS);
    } catch (err) {
      logger.warn({ err }, 'messages were not indexed, will try again');
    }
    this.#schedule(pauseMs);
  }
}
