import { SILENCE_FACTOR } from '@hongyan/protocol';
import {
  announcedMs,
  type Ceiling,
  ceilingAfterLoss,
  ceilingAfterSilence,
  grownHeartbeat,
  type Heartbeat,
  type HeartbeatLimits,
  pauseMs,
  startHeartbeat,
} from './heartbeat.ts';
import { PROBE_AFTER_MS, PROBE_TIMEOUT_MS, UPLOAD_RATE_MIN } from './limits.ts';
import type { EngineEffect, Moment } from './types.ts';

export interface PathHooks {
  effect: (effect: EngineEffect) => void;
  /** Something has to be said, and again within this time. Answers whether it should be said again soon. */
  ping: (nextWithinMs: number) => boolean;
}

/**
 * Twice the patience after a probe in vain: on a slow path a large frame takes longer than a lost one is worth. No more,
 * because a path that vanishes often (a train) would be given up later each time.
 */
const PATIENCE_MAX = 2;
/** A ping that could not say all that it should have said is followed by another one within this. */
const OWED_MS = 4_000;
/** 0: the transport ended without a word; the others are WebSocket's for the same. */
const WORDLESS_CODES = [0, 1005, 1006];

/** CON-3, CON-4, SES-7: watches over the path below a connection. Says when to speak, and when nothing answers any more. */
export class Path {
  readonly #hooks: PathHooks;
  #heartbeat: Heartbeat = startHeartbeat({ heartbeatIntervalMs: 0, heartbeatIntervalMaxMs: 0 }, undefined, 0);
  #ceiling: Ceiling | undefined;
  #announcedMs = 0;
  /** Until when the next sign of life is due. */
  #pauseMs = 0;
  #sentAtMs = 0;
  #heardAtMs = 0;
  /** What became of the last heartbeat; `disturbed` when other frames went either way since. */
  #interval: 'disturbed' | 'pinged' | 'quiet' = 'disturbed';
  /** Whether little was heard for long before the last heartbeat. */
  #wasQuiet = false;
  #probeUntilMs: number | undefined;
  #patience = 1;

  constructor(hooks: PathHooks) {
    this.#hooks = hooks;
  }

  /** How long nothing may be heard while a command is unanswered before a probe is sent. */
  probeAfterMs(unansweredBytes: number): number {
    return PROBE_AFTER_MS * this.#patience + unansweredBytes / UPLOAD_RATE_MIN;
  }

  get heardAtMs(): number {
    return this.#heardAtMs;
  }

  get isProbing(): boolean {
    return this.#probeUntilMs !== undefined;
  }

  /** Welcome came. */
  begin(limits: HeartbeatLimits, at: Moment): void {
    this.#heartbeat = startHeartbeat(limits, this.#ceiling, at.nowMs);
    this.#ceiling = this.#heartbeat.ceiling;
    this.#announcedMs = this.#heartbeat.baseMs;
    this.#sentAtMs = at.nowMs;
    this.#interval = 'disturbed';
    this.#probeUntilMs = undefined;
    this.#rest(at);
    this.#watch(this.#silenceMs);
  }

  sent(at: Moment): void {
    this.#sentAtMs = at.nowMs;
  }

  heard(at: Moment): void {
    this.#heardAtMs = at.nowMs;
    if (this.#probeUntilMs === undefined) return;
    this.#probeUntilMs = undefined;
    this.#interval = 'disturbed';
    this.#watch(this.#silenceMs);
  }

  /** A frame that has nothing to do with the heartbeat went either way. */
  disturbed(): void {
    this.#interval = 'disturbed';
  }

  ponged(): void {
    if (this.#interval === 'pinged') this.#interval = 'quiet';
  }

  heartbeatFired(at: Moment): void {
    const leftMs = this.#sentAtMs + this.#pauseMs - at.nowMs;
    if (leftMs > 0 && leftMs <= this.#pauseMs) {
      this.#hooks.effect({ type: 'setTimer', name: 'heartbeat', delayMs: leftMs });
      return;
    }
    if (this.#interval === 'quiet') {
      this.#heartbeat = grownHeartbeat(this.#heartbeat, at.nowMs);
      this.#patience = 1;
    }
    this.#wasQuiet = this.#hearsNothing(at);
    this.#interval = 'pinged';
    if (this.#say()) this.#restFor(Math.round(OWED_MS * at.random));
    else this.#rest(at);
  }

  /** The next heartbeat comes at a random time within `ms`, if not earlier; it says nothing of the path. */
  pingWithin(ms: number, at: Moment): void {
    const delayMs = Math.round(ms * at.random);
    if (this.#sentAtMs + this.#pauseMs <= at.nowMs + delayMs) return;
    this.#interval = 'disturbed';
    this.#restFor(delayMs);
  }

  /** CON-4: asks for a sign of life that has to come soon. */
  probe(at: Moment, timeoutMs = PROBE_TIMEOUT_MS * this.#patience): void {
    if (this.isProbing) return;
    this.#probeUntilMs = at.nowMs + timeoutMs;
    this.#watch(timeoutMs);
    this.#say();
  }

  /** CON-5: it may be another path now, of which nothing is known. */
  changed(): void {
    this.#ceiling = undefined;
    this.#patience = 1;
    this.#interval = 'disturbed';
  }

  /** Why the path is taken for dead; undefined while it is not. */
  silenceFired(at: Moment): string | undefined {
    // A clock that was set back does not make the path any better.
    this.#heardAtMs = Math.min(this.#heardAtMs, at.nowMs);
    const untilMs = this.#probeUntilMs ?? this.#heardAtMs + this.#silenceMs;
    const leftMs = untilMs - at.nowMs;
    if (leftMs > 0) {
      this.#watch(Math.min(leftMs, this.#silenceMs));
      return undefined;
    }
    if (!this.isProbing) return 'nothing was heard for too long';
    this.#patience = Math.min(PATIENCE_MAX, this.#patience * 2);
    this.#ceiling = ceilingAfterSilence(this.#heartbeat, at.nowMs);
    return 'a probe was not answered';
  }

  /** The connection is over. One that was lost without a word after a quiet time was lost for its quietness. */
  lost(code: number, at: Moment): void {
    const wasQuiet =
      this.#interval === 'pinged' ? this.#wasQuiet : this.#interval === 'quiet' && this.#hearsNothing(at);
    if (wasQuiet && WORDLESS_CODES.includes(code)) this.#ceiling = ceilingAfterLoss(this.#heartbeat, at.nowMs);
    this.#probeUntilMs = undefined;
  }

  #hearsNothing(at: Moment): boolean {
    return at.nowMs - this.#heardAtMs >= this.#heartbeat.intervalMs / 2;
  }

  #say(): boolean {
    this.#announcedMs = announcedMs(this.#heartbeat);
    return this.#hooks.ping(this.#announcedMs);
  }

  #rest(at: Moment): void {
    this.#restFor(pauseMs(this.#heartbeat, this.#announcedMs, at.random));
  }

  #restFor(ms: number): void {
    this.#pauseMs = ms;
    this.#hooks.effect({ type: 'setTimer', name: 'heartbeat', delayMs: ms });
  }

  #watch(delayMs: number): void {
    this.#hooks.effect({ type: 'setTimer', name: 'silence', delayMs });
  }

  get #silenceMs(): number {
    return this.#announcedMs * SILENCE_FACTOR;
  }
}
