// CON-3: how often a quiet connection says something. A path that keeps quiet connections is asked ever more rarely; one
// that dropped a connection is not left as long alone again.

const GROWTH_FACTOR = 1.5;
const SHRINK_FACTOR = 0.5;
/** How much of an interval that cost a connection is dared again, and how long nothing more is. */
const CEILING_FACTOR = 0.8;
const CEILING_SPAN_MS = 3_600_000;
/** How long a path that vanished is taken for one that vanishes. */
const ROUGH_SPAN_MS = 300_000;
const INTERVAL_MIN_MS = 10_000;
const JITTER = 0.1;

export interface HeartbeatLimits {
  /** What the server expects unless another interval is announced. */
  heartbeatIntervalMs: number;
  /** The longest that may be announced; 0: the server knows of none. */
  heartbeatIntervalMaxMs: number;
}

/** What was learned from a loss: where to begin, and what not to pass until `untilMs`. */
export interface Ceiling {
  startMs: number;
  intervalMaxMs: number;
  untilMs: number;
}

export interface Heartbeat {
  readonly baseMs: number;
  readonly maxMs: number;
  readonly intervalMs: number;
  readonly ceiling: Ceiling | undefined;
}

/** The heartbeat of a new connection. */
export function startHeartbeat(limits: HeartbeatLimits, ceiling: Ceiling | undefined, nowMs: number): Heartbeat {
  const baseMs = Math.max(1_000, limits.heartbeatIntervalMs);
  const maxMs = Math.max(baseMs, limits.heartbeatIntervalMaxMs);
  const valid = ceiling && nowMs < ceiling.untilMs ? ceiling : undefined;
  return { baseMs, maxMs, intervalMs: Math.min(maxMs, valid?.startMs ?? baseMs), ceiling: valid };
}

/** The path was quiet for an interval and held. */
export function grownHeartbeat(heartbeat: Heartbeat, nowMs: number): Heartbeat {
  const ceiling = heartbeat.ceiling && nowMs < heartbeat.ceiling.untilMs ? heartbeat.ceiling : undefined;
  const boundMs = Math.min(heartbeat.maxMs, ceiling?.intervalMaxMs ?? heartbeat.maxMs);
  const intervalMs = Math.max(heartbeat.intervalMs, Math.min(boundMs, heartbeat.intervalMs * GROWTH_FACTOR));
  return { ...heartbeat, intervalMs, ceiling };
}

/** The path was quiet for an interval, and the connection is lost. */
export function ceilingAfterLoss({ baseMs, intervalMs }: Heartbeat, nowMs: number): Ceiling {
  const leastMs = Math.min(INTERVAL_MIN_MS, baseMs);
  const startMs = Math.max(leastMs, intervalMs * SHRINK_FACTOR);
  const intervalMaxMs = Math.max(startMs, intervalMs * CEILING_FACTOR);
  return { startMs, intervalMaxMs, untilMs: nowMs + CEILING_SPAN_MS };
}

/** The path vanished without a word while something was said: for some minutes nobody waits long to find that out again. */
export function ceilingAfterSilence({ baseMs }: Heartbeat, nowMs: number): Ceiling {
  const leastMs = Math.min(INTERVAL_MIN_MS, baseMs);
  return { startMs: leastMs, intervalMaxMs: leastMs, untilMs: nowMs + ROUGH_SPAN_MS };
}

/** What Ping says: the next sign of life comes within this time. */
export const announcedMs = ({ intervalMs, maxMs }: Heartbeat): number =>
  Math.min(maxMs, Math.round(intervalMs * (1 + JITTER)));

/** When the next ping is due if nothing else is sent; never later than what was announced. */
export const pauseMs = ({ intervalMs }: Heartbeat, announced: number, random: number): number =>
  Math.min(announced, Math.round(intervalMs * (1 - JITTER + 2 * JITTER * random)));
