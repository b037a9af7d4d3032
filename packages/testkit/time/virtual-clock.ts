import type { Clock } from '@hongyan/core';
import { forbidReality } from './guard.ts';

interface Timer {
  atMs: number;
  /** Timers of one moment run in the order they were made. */
  order: number;
  task: () => void;
}

/** Settles every promise that can settle without time passing. */
const drainMicrotasks = () => new Promise<void>((resolve) => setImmediate(resolve));

/**
 * Time that passes only when everything at the present moment is done: a heap of timers, and a loop that runs the
 * earliest, drains the microtasks it caused, and goes on. While it runs, real time and real randomness throw.
 */
export class VirtualClock implements Clock {
  #nowMs: number;
  #made = 0;
  #ran = 0;
  readonly #heap: (Timer & { cancelled?: boolean })[] = [];

  constructor(startMs: number) {
    this.#nowMs = startMs;
  }

  now(): number {
    return this.#nowMs;
  }

  /** How many timers have run. */
  get eventCount(): number {
    return this.#ran;
  }

  schedule(delayMs: number, task: () => void): () => void {
    const timer: Timer & { cancelled?: boolean } = {
      atMs: this.#nowMs + Math.max(0, Math.ceil(delayMs)),
      order: this.#made++,
      task,
    };
    this.#push(timer);
    return () => {
      timer.cancelled = true;
    };
  }

  /** Resolves after `delayMs` of virtual time. */
  wait(delayMs: number): Promise<void> {
    return new Promise((resolve) => this.schedule(delayMs, resolve));
  }

  /**
   * Runs timers until `done()` (asked after each) or until nothing is due by `untilMs`.
   * Rejects with what a task threw.
   */
  async run(untilMs: number, done: () => boolean = () => false): Promise<'done' | 'deadline'> {
    const restore = forbidReality();
    try {
      await drainMicrotasks();
      while (!done()) {
        const timer = this.#pop(untilMs);
        if (timer === undefined) {
          this.#nowMs = Math.max(this.#nowMs, untilMs);
          return 'deadline';
        }
        this.#nowMs = timer.atMs;
        this.#ran += 1;
        timer.task();
        await drainMicrotasks();
      }
      return 'done';
    } finally {
      restore();
    }
  }

  #pop(untilMs: number): Timer | undefined {
    for (;;) {
      const first = this.#heap[0];
      if (first === undefined) return undefined;
      if (!first.cancelled && first.atMs > untilMs) return undefined;
      const last = this.#heap.pop();
      if (last !== undefined && last !== first) this.#sink(last);
      if (!first.cancelled) return first;
    }
  }

  #push(timer: Timer): void {
    let at = this.#heap.push(timer) - 1;
    while (at > 0) {
      const parentAt = (at - 1) >> 1;
      const parent = this.#heap[parentAt];
      if (parent === undefined || !isBefore(timer, parent)) break;
      this.#heap[at] = parent;
      at = parentAt;
    }
    this.#heap[at] = timer;
  }

  /** Puts `timer` where the root was taken. */
  #sink(timer: Timer): void {
    let at = 0;
    for (;;) {
      const left = this.#heap[2 * at + 1];
      const right = this.#heap[2 * at + 2];
      if (left === undefined) break;
      const goesRight = right !== undefined && isBefore(right, left);
      const child = goesRight ? right : left;
      if (!isBefore(child, timer)) break;
      this.#heap[at] = child;
      at = 2 * at + (goesRight ? 2 : 1);
    }
    this.#heap[at] = timer;
  }
}

const isBefore = (a: Timer, b: Timer) => a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order);
