/** When a message is under way no more: once its sender knows it in the log, or once its recipient has it as well. */
export type Until = 'sent' | 'delivered';

/** When a client sends its messages. */
export interface Pace {
  /** Messages of a client that may be under way. */
  readonly window: number;
  readonly until: Until;
  /** When the client's message (numbered from 0) is due, on the clock of performance.now(). */
  dueMs(index: number, nowMs: number): number;
}

/** Closed loop: the next message is due as soon as the window has room. */
export const closedLoop = (window: number, until: Until): Pace => ({
  window,
  until,
  dueMs: (_index, nowMs) => nowMs,
});

/** Open loop: due at even intervals whatever the server does, so that a stall counts for every message it delays. */
export function openLoop(options: { window: number; startMs: number; intervalMs: number }): Pace {
  const { window, startMs, intervalMs } = options;
  return { window, until: 'sent', dueMs: (index) => startMs + index * intervalMs };
}
