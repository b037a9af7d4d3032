import { TYPING_INTERVAL_MIN_MS, TypingKind } from '@hongyan/protocol';

/** Decides which typing hints of one device in one conversation are carried (PRS-8). */
export class TypingPace {
  #carriedMs = Number.NEGATIVE_INFINITY;
  #isGoingOn = false;

  /** Ending is always carried, once. */
  take(kind: TypingKind, nowMs: number): boolean {
    if (kind === TypingKind.STOPPED) {
      const wasGoingOn = this.#isGoingOn;
      this.#isGoingOn = false;
      return wasGoingOn;
    }
    if (nowMs - this.#carriedMs < TYPING_INTERVAL_MIN_MS) return false;
    this.#carriedMs = nowMs;
    this.#isGoingOn = true;
    return true;
  }
}
