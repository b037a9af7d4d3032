import { advisedDelayMs, growingDelayMs } from './backoff.ts';
import type { Moment } from './types.ts';

/** Who has to wait after an answer of class *later*, and how long. One entry per subject that failed last time. */
export class Retries {
  readonly #pauses = new Map<string, { untilMs: number; delayMs: number }>();

  failed(subject: string, retryAfterMs: number, at: Moment): void {
    const delayMs = growingDelayMs(this.#pauses.get(subject)?.delayMs ?? 0, at.random);
    this.#pauses.set(subject, { untilMs: at.nowMs + advisedDelayMs(retryAfterMs, delayMs), delayMs });
  }

  succeeded(subject: string): void {
    this.#pauses.delete(subject);
  }

  isPaused(subject: string, nowMs: number): boolean {
    const pause = this.#pauses.get(subject);
    return pause !== undefined && pause.untilMs > nowMs;
  }

  /** When the next pause ends; undefined when none lies ahead. */
  nextMs(nowMs: number): number | undefined {
    let next: number | undefined;
    for (const { untilMs } of this.#pauses.values()) {
      if (untilMs > nowMs && (next === undefined || untilMs < next)) next = untilMs;
    }
    return next;
  }

  clear(): void {
    this.#pauses.clear();
  }
}
