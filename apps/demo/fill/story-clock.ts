import { AsyncLocalStorage } from 'node:async_hooks';
import type { OpenedWriter } from '@hongyan/server';

/** For what is told, the time at which it happened; several things of different times may be under way. Timers run in real time. */
export class StoryClock {
  readonly #times = new AsyncLocalStorage<number>();
  readonly #startMs: number;

  /** `startMs`: the time outside of what is told. */
  constructor(startMs: number) {
    this.#startMs = startMs;
  }

  /** What `task` does happens at this time. */
  at<T>(timeMs: number, task: () => T): T {
    return this.#times.run(timeMs, task);
  }

  now(): number {
    return this.#times.getStore() ?? this.#startMs;
  }

  schedule(delayMs: number, task: () => void): () => void {
    const timer = setTimeout(task, delayMs);
    return () => clearTimeout(timer);
  }
}

/** What the world is written through. */
export interface Telling {
  writer: OpenedWriter;
  clock: StoryClock;
}
