import type { Clock, Logger, Random } from '@hongyan/core';

// Looked up whenever they are used, so that the fake timers of a test runner move the server as well as the client.

export const clock: Clock = {
  now: () => Date.now(),
  schedule(delayMs, task) {
    const timer = setTimeout(task, delayMs);
    return () => clearTimeout(timer);
  },
};

export const random: Random = { bytes: (count) => crypto.getRandomValues(new Uint8Array(count)) };

/** What goes wrong inside the server is for the test to see; all else is of no interest. */
export const logger: Logger = {
  debug() {},
  info() {},
  warn() {},
  error: (fields, message) => console.error(message, fields),
};
