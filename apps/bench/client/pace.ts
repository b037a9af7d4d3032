/** When a client sends its messages. */
export interface Pace {
  /** Unanswered messages a client may have. */
  readonly window: number;
  /** When the client's message (numbered from 0) is due, on the clock of performance.now(). */
  dueMs(index: number, nowMs: number): number;
}

/** Closed loop: the next message is due as soon as the window has room. */
export const closedLoop = (window: number): Pace => ({ window, dueMs: (_index, nowMs) => nowMs });

/** Open loop: due at even intervals whatever the server does, so that a stall counts for every message it delays. */
export function openLoop(options: { window: number; startMs: number; intervalMs: number }): Pace {
  const { window, startMs, intervalMs } = options;
  return { window, dueMs: (index) => startMs + index * intervalMs };
}
