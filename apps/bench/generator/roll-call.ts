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
  #allBackMs = 0;
  readonly presences: Presence[] = [];

  constructor(whole: number) {
    this.#whole = whole;
  }

  get cutAtMs(): number {
    return this.#cutAtMs ?? Number.POSITIVE_INFINITY;
  }

  /** When half of those who were gone were back, as far as the samples tell. */
  get halfBackMs(): number {
    const fewest = Math.min(this.#whole, ...this.presences.map(({ present }) => present));
    const lowest = this.presences.findIndex(({ present }) => present === fewest);
    const half = this.presences.slice(lowest).find(({ present }) => present * 2 >= fewest + this.#whole);
    return half?.atMs ?? this.#allBackMs;
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
    if (this.#present < this.#whole) return;
    this.#allBackMs = sinceMs;
    this.#all.resolve();
  };

  #sample(): void {
    if (this.#cutAtMs === undefined) return;
    this.presences.push({ atMs: Math.round(performance.now() - this.#cutAtMs), present: this.#present });
  }
}
