import type { Observation } from '../../../packages/testkit/observation.ts';

/**
 * Holds observations back while logs are read, as the logs may not have what is observed meanwhile. What the people write comes
 * through at once: it may be in a log that is still to be read, whose judge has to know who wrote it.
 */
export class HeldBack {
  readonly #show: (observation: Observation) => void;
  #held: Observation[] | undefined;

  constructor(show: (observation: Observation) => void) {
    this.#show = show;
  }

  /** From now on, until `release`. */
  hold(): void {
    this.#held ??= [];
  }

  /** Shows what was held back, in its order. */
  release(): void {
    const observations = this.#held ?? [];
    this.#held = undefined;
    for (const observation of observations) this.#show(observation);
  }

  observe(observation: Observation): void {
    if (this.#held === undefined || observation.kind === 'composed') this.#show(observation);
    else this.#held.push(observation);
  }
}
