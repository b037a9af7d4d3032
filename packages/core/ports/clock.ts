/** Time and timers; the simulator has its own. Durations and times are milliseconds, times since 1970-01-01 UTC. */
export interface Clock {
  now(): number;
  /** Runs `task` once after at least `delayMs`; the returned function cancels it. */
  schedule(delayMs: number, task: () => void): () => void;
}
