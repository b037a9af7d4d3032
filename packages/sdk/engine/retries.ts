import { advisedDelayMs, growingDelayMs } from './backoff.ts';
import type { Moment } from './types.ts';

/**
 * Who has to wait after a try in vain, and how long. One entry per subject (a conversation's messages, a fetch, an account
 * record) that failed last time; a success forgets it.
 */
export class Retries {
  readonly #pauses = new Map<string, { fromMs: number; untilMs: number; delayMs: number; isAdvised: boolean }>();

  /** Gives the pause that begins now: longer than the last one, and at least what the server advised. */
  failed(subject: string, retryAfterMs: number, at: Moment): number {
    const delayMs = growingDelayMs(this.#pauses.get(subject)?.delayMs ?? 0, at.random);
    const pauseMs = advisedDelayMs(retryAfterMs, delayMs);
    const isAdvised = retryAfterMs > 0;
    this.#pauses.set(subject, { fromMs: at.nowMs, untilMs: at.nowMs + pauseMs, delayMs, isAdvised });
    return pauseMs;
  }

  succeeded(subject: string): void {
    this.#pauses.delete(subject);
  }

  /** There is a reason not to wait any longer, unless it is the server that asked for it. */
  hurry(subject: string): void {
    if (this.#pauses.get(subject)?.isAdvised === false) this.#pauses.delete(subject);
  }

  isPaused(subject: string, nowMs: number): boolean {
    const pause = this.#pauses.get(subject);
    return pause !== undefined && isOn(pause, nowMs);
  }

  /** When the next pause ends; undefined when none lies ahead. */
  nextMs(nowMs: number): number | undefined {
    let next: number | undefined;
    for (const pause of this.#pauses.values()) {
      if (isOn(pause, nowMs) && (next === undefined || pause.untilMs < next)) next = pause.untilMs;
    }
    return next;
  }

  clear(): void {
    this.#pauses.clear();
  }
}

/** A clock that was set back ends a pause: better a try too early than one in an hour. */
const isOn = ({ fromMs, untilMs }: { fromMs: number; untilMs: number }, nowMs: number): boolean =>
  nowMs >= fromMs && nowMs < untilMs;
