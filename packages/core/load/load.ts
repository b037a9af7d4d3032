import type { LoadSignals } from '../ports/load-signals.ts';
import { isShed, LOAD_LEVEL_MAX, type LoadClass, type LoadLevel } from './load-class.ts';

/**
 * What a node bears at most of each signal; the largest share of these is the pressure. A store lets 20,000 calls wait, so that
 * history is shed when half of them are commands, and not everything at once when it is full.
 */
const BEARABLE: LoadSignals = { unansweredCommands: 20_000, oldestSendMs: 5_000, eventLoopDelayMs: 1_000 };
/** The pressure from which on each level is entered, level 1 first. */
const ENTERED_AT: readonly number[] = [0.3, 0.4, 0.5, 0.65, 0.8, 1];
/** A level is left below this part of the pressure that it is entered at, */
const LEFT_BELOW = 0.7;
/** once the pressure has stayed there for this long: what was shed comes back and must not bring the load with it. */
const CALM_MS = 2_000;

/** The share of the bearable that the worst signal has reached; 1 is all of it. */
export function pressureOf(signals: LoadSignals): number {
  return Math.max(
    signals.unansweredCommands / BEARABLE.unansweredCommands,
    signals.oldestSendMs / BEARABLE.oldestSendMs,
    signals.eventLoopDelayMs / BEARABLE.eventLoopDelayMs,
  );
}

/**
 * How much a node sheds. Rises and falls by one level an observation, so that classes go in their order and one bad
 * moment costs little; falls later and lower than it rose, so that it does not swing.
 */
export class Load {
  #level: LoadLevel = 0;
  #calmSinceMs: number | undefined;

  get level(): LoadLevel {
    return this.#level;
  }

  sheds(name: LoadClass): boolean {
    return isShed(name, this.#level);
  }

  /** To be called at even intervals. */
  observe(signals: LoadSignals, nowMs: number): void {
    const pressure = pressureOf(signals);
    if (this.#level < LOAD_LEVEL_MAX && pressure >= enteredAt(this.#level + 1)) {
      this.#level += 1;
      this.#calmSinceMs = undefined;
    } else if (this.#level > 0 && pressure < enteredAt(this.#level) * LEFT_BELOW) {
      this.#calmSinceMs ??= nowMs;
      if (nowMs - this.#calmSinceMs < CALM_MS) return;
      this.#level -= 1;
      this.#calmSinceMs = nowMs;
    } else {
      this.#calmSinceMs = undefined;
    }
  }
}

const enteredAt = (level: LoadLevel): number => ENTERED_AT[level - 1] ?? Number.POSITIVE_INFINITY;
