/** What tells that a node has more to do than it can. */
export interface LoadSignals {
  /** Commands of all its sessions that were taken and not answered. */
  unansweredCommands: number;
  /** How long the oldest of the sends that the store has not finished has been waiting, roughly. */
  oldestSendMs: number;
  /** How much later than due timers ran, in the mean since it was read last. */
  eventLoopDelayMs: number;
}

/** Measures how late the event loop is; the simulator and tests have their own. */
export interface EventLoopDelay {
  /** Milliseconds in the mean since the last call. */
  takeMs(): number;
}
