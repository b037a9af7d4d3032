import type { Clock } from '@hongyan/core';

/**
 * The time of one process, which can be paused (SIGSTOP, a sleeping device): what falls due meanwhile runs, late and in
 * order, when it goes on; the clock itself does not wait.
 */
export class PausableClock implements Clock {
  readonly #clock: Clock;
  #isPaused = false;
  #held: (() => void)[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get isPaused(): boolean {
    return this.#isPaused;
  }

  now(): number {
    return this.#clock.now();
  }

  schedule(delayMs: number, task: () => void): () => void {
    let isCancelled = false;
    const cancel = this.#clock.schedule(delayMs, () =>
      this.enter(() => {
        if (!isCancelled) task();
      }),
    );
    return () => {
      isCancelled = true;
      cancel();
    };
  }

  /** Runs a task that comes from outside: at once, or when the process goes on. */
  enter(task: () => void): void {
    if (this.#isPaused) this.#held.push(task);
    else task();
  }

  pause(): void {
    this.#isPaused = true;
  }

  /** What was held runs one by one, as separate turns of the event loop. */
  resume(): void {
    if (!this.#isPaused) return;
    this.#isPaused = false;
    const held = this.#held;
    this.#held = [];
    for (const task of held) this.#clock.schedule(0, () => this.enter(task));
  }
}
