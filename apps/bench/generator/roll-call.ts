import { performance } from 'node:perf_hooks';

const BACK_DEADLINE_MS = 180_000;
const SAMPLE_MS = 100;

/** How many were there, so long after the first one had gone. */
export interface Presence {
  atMs: number;
  present: number;
}

/** Who is signed in of those who were cut, and since when all are again. */
export class RollCall {
  readonly #whole: number;
  readonly #all = Promise.withResolvers<void>();
  #present = 0;
  #cutAtMs: number | undefined;
  #halfBackMs = 0;
  #allBackMs = 0;
  readonly presences: Presence[] = [];

  constructor(whole: number) {
    this.#whole = whole;
  }

  get cutAtMs(): number {
    return this.#cutAtMs ?? Number.POSITIVE_INFINITY;
  }

  get halfBackMs(): number {
    return this.#halfBackMs;
  }

  get allBackMs(): number {
    return this.#allBackMs;
  }

  /** Rejects when it takes too long. */
  async allBack(): Promise<void> {
    const late = setTimeout(() => {
      this.#all.reject(new Error(`only ${this.#present} of ${this.#whole} clients came back`));
    }, BACK_DEADLINE_MS);
    const sampling = setInterval(() => this.#sample(), SAMPLE_MS);
    await this.#all.promise.finally(() => {
      clearTimeout(late);
      clearInterval(sampling);
      this.#sample();
    });
  }

  readonly left = (): void => {
    this.#present -= 1;
    this.#cutAtMs ??= performance.now();
  };

  readonly came = (): void => {
    this.#present += 1;
    if (this.#cutAtMs === undefined) return;
    const sinceMs = Math.round(performance.now() - this.#cutAtMs);
    if (this.#halfBackMs === 0 && this.#present * 2 >= this.#whole) this.#halfBackMs = sinceMs;
    if (this.#present < this.#whole) return;
    this.#allBackMs = sinceMs;
    this.#all.resolve();
  };

  #sample(): void {
    if (this.#cutAtMs === undefined) return;
    this.presences.push({ atMs: Math.round(performance.now() - this.#cutAtMs), present: this.#present });
  }
}
