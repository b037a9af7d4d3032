import type { Clock } from '@hongyan/core/ports';

/** A clock that moves when it is told to; it has no timers. */
export interface FixedClock extends Clock {
  advance(durationMs: number): void;
}

export function createFixedClock(startMs = Date.UTC(2026, 0, 1)): FixedClock {
  let nowMs = startMs;
  return {
    now: () => nowMs,
    schedule: () => () => {},
    advance(durationMs) {
      nowMs += durationMs;
    },
  };
}
