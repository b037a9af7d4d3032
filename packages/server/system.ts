import { randomBytes } from 'node:crypto';
import type { Clock, Random } from '@hongyan/core/ports';

/** The machine's clock and timers. */
export const systemClock: Clock = {
  now: Date.now,
  schedule(delayMs, task) {
    const timer = setTimeout(task, delayMs);
    return () => clearTimeout(timer);
  },
};

/** Cryptographic randomness. */
export const systemRandom: Random = {
  bytes: (count) => randomBytes(count),
};

/** Runs a task once what this turn of the event loop brought is done. */
export const defer = (task: () => void): void => void setImmediate(task);
