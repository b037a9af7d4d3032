import type { Ping } from '@hongyan/protocol';
import type { Logic } from '../logic/index.ts';
import type { LoadShedding } from './load-shedding.ts';
import type { SessionStream } from './session-stream.ts';

/** Devices are asked again so often at most, */
const AGAIN_INTERVAL_MS = 2_000;
/** and so many of them together. */
const AGAIN_MAX = 2_000;

export interface ComparisonsParts {
  logic: Logic;
  load: LoadShedding;
}

/**
 * Has what devices hold compared (SES-14). One that the server itself asked for (SES-17) and that came to nothing is asked for
 * again: what makes it needed, a part of the server that is away, is also what brings load.
 */
export class Comparisons {
  readonly #parts: ComparisonsParts;
  readonly #missed = new Set<string>();
  #takenMs = Number.NEGATIVE_INFINITY;

  constructor(parts: ComparisonsParts) {
    this.#parts = parts;
  }

  /** Whether the device holds anything but what the account has; false also when nobody could look. Never rejects. */
  async differs(stream: SessionStream, ping: Ping): Promise<boolean> {
    const { logic, load } = this.#parts;
    const wasWanted = stream.takeComparisonWanted();
    try {
      if (!load.sheds('comparison')) return await logic.differs(stream.caller, ping);
    } catch {
      // The answer is a sign of life in the first place.
    }
    if (wasWanted) this.#missed.add(stream.caller.sessionId);
    return false;
  }

  /**
   * The sessions, some of which may be over, whose devices are to be asked again: a thousand a second at most, so that a logic
   * that goes on failing is not asked ever more, and none while there is too much to do.
   */
  takeMissed(nowMs: number): ReadonlySet<string> {
    const taken = new Set<string>();
    if (nowMs < this.#takenMs + AGAIN_INTERVAL_MS || this.#parts.load.doesWithout('comparison')) return taken;
    this.#takenMs = nowMs;
    for (const sessionId of this.#missed) {
      if (taken.size === AGAIN_MAX) break;
      taken.add(sessionId);
      this.#missed.delete(sessionId);
    }
    return taken;
  }
}
