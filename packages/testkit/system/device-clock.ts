import type { Clock } from '@hongyan/core';

const MS_PER_S = 1_000;

/** What a device takes for the time: wrong from the beginning, running too fast or too slow, and moved by hand. */
export class DeviceClock {
  readonly #clock: Clock;
  readonly #startMs: number;
  readonly #driftMsPerS: number;
  #offsetMs: number;

  constructor(clock: Clock, { skewMs, driftMsPerS }: { skewMs: number; driftMsPerS: number }) {
    this.#clock = clock;
    this.#startMs = clock.now();
    this.#offsetMs = skewMs;
    this.#driftMsPerS = driftMsPerS;
  }

  now(): number {
    const trueMs = this.#clock.now();
    return trueMs + this.#offsetMs + Math.floor(((trueMs - this.#startMs) * this.#driftMsPerS) / MS_PER_S);
  }

  move(byMs: number): void {
    this.#offsetMs += byMs;
  }
}
