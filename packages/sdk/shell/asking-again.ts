import { growingDelayMs } from '../engine/backoff.ts';
import { SdkError, type SdkErrorCode } from '../types.ts';

/** Between two questions about the same thing. */
const PAUSE_MS = 1_000;

const HOPELESS: readonly SdkErrorCode[] = ['network', 'refused', 'signed-out'];

export interface AskingParts {
  ask: () => Promise<void>;
  /** After how long it is asked again without a word that anything changed; undefined: not at all. */
  everyMs: () => number | undefined;
}

/** Asks the server at once, and again after changes: one question at a time, with a pause after each, growing after failures. */
export class AskingAgain {
  readonly #parts: AskingParts;
  #state: 'resting' | 'asking' | 'pausing' | 'over' = 'resting';
  #isWanted = false;
  #failurePauseMs = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(parts: AskingParts) {
    this.#parts = parts;
  }

  /** What was answered may not be so any more. */
  wanted(): void {
    this.#isWanted = true;
    if (this.#state === 'resting') void this.#ask();
  }

  end(): void {
    this.#state = 'over';
    clearTimeout(this.#timer);
  }

  async #ask(): Promise<void> {
    clearTimeout(this.#timer);
    this.#state = 'asking';
    this.#isWanted = false;
    const pauseMs = await this.#parts.ask().then(
      () => this.#succeeded(),
      (error: unknown) => this.#failed(error),
    );
    if (this.#state !== 'asking') return;
    this.#state = pauseMs === undefined && !this.#isWanted ? 'resting' : 'pausing';
    if (this.#state === 'pausing') this.#timer = setTimeout(() => this.#rest(), pauseMs ?? PAUSE_MS);
  }

  #succeeded(): number {
    this.#failurePauseMs = 0;
    return PAUSE_MS;
  }

  /** Without a connection, or without the right to know, it is of no use to ask again before something changes. */
  #failed(error: unknown): number | undefined {
    if (error instanceof SdkError && HOPELESS.includes(error.code)) return undefined;
    this.#isWanted = true;
    this.#failurePauseMs = growingDelayMs(this.#failurePauseMs, Math.random());
    return this.#failurePauseMs;
  }

  #rest(): void {
    this.#state = 'resting';
    const everyMs = this.#parts.everyMs();
    if (this.#isWanted) void this.#ask();
    else if (everyMs !== undefined) this.#timer = setTimeout(() => void this.#ask(), everyMs);
  }
}
