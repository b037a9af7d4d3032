import { growingDelayMs } from './backoff.ts';
import type { Journal } from './journal.ts';
import type { EngineEffect, Moment } from './types.ts';

/** A batch that the device's store did not take is given to it again, ever later, and the person is told. */
export class Persisting {
  readonly #effect: (effect: EngineEffect) => void;
  #delayMs = 0;

  constructor(effect: (effect: EngineEffect) => void) {
    this.#effect = effect;
  }

  succeeded(): void {
    this.#delayMs = 0;
  }

  failed({ writing }: Journal, { batchId, reason }: { batchId: number; reason: string }, { random }: Moment): void {
    if (writing?.batchId !== batchId) return;
    this.#delayMs = growingDelayMs(this.#delayMs, random);
    this.#effect({ type: 'setTimer', name: 'persist', delayMs: this.#delayMs });
    this.#effect({ type: 'emit', notice: { type: 'error', code: 'store', reason } });
  }

  /** When the timer `persist` fires. */
  again(journal: Journal | undefined): void {
    if (journal?.writing) this.#effect({ type: 'persist', ...journal.writing });
  }
}
