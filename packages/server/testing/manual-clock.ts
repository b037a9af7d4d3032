import type { Clock } from '@hongyan/core';

/** Time that stands still until a test moves it. */
export class ManualClock implements Clock {
  #now = 1_000_000;
  #timers: { atMs: number; task: () => void }[] = [];

  now = () => this.#now;

  /** Tasks that wait for their time. */
  get timerCount(): number {
    return this.#timers.length;
  }

  schedule(delayMs: number, task: () => void): () => void {
    const timer = { atMs: this.#now + delayMs, task };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  advance(ms: number): void {
    const end = this.#now + ms;
    for (;;) {
      const next = this.#timers.filter(({ atMs }) => atMs <= end).sort((a, b) => a.atMs - b.atMs)[0];
      if (next === undefined) break;
      this.#timers = this.#timers.filter((other) => other !== next);
      this.#now = Math.max(this.#now, next.atMs);
      next.task();
    }
    this.#now = end;
  }
}
