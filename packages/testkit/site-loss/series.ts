import type { Gateway } from './gateway.ts';
import { SITES } from './world.ts';

export const SAMPLE_INTERVAL_MS = 250;

/** What is seen at even intervals, from before the loss on. */
export interface Sample {
  /** From the loss on; negative before. */
  atMs: number;
  /** By site, in the order of `SITES`. */
  connections: readonly number[];
  /** Sessions begun since the sample before, by site. */
  begun: readonly number[];
  /** People without a connection. */
  away: number;
}

/** Takes the samples. */
export class Series {
  readonly #gateways: readonly Gateway[];
  readonly samples: Sample[] = [];
  #admittedBefore: readonly number[] = SITES.map(() => 0);

  constructor(gateways: readonly Gateway[]) {
    this.#gateways = gateways;
  }

  take(atMs: number, away: number): void {
    const admitted = this.#sumOf(({ admitted }) => admitted);
    const begun = admitted.map((count, site) => count - (this.#admittedBefore[site] ?? 0));
    this.samples.push({ atMs, connections: this.#sumOf(({ connections }) => connections), begun, away });
    this.#admittedBefore = admitted;
  }

  #sumOf(figureOf: (gateway: Gateway) => number): number[] {
    return SITES.map((site) =>
      this.#gateways.reduce((sum, gateway) => sum + (gateway.site === site ? figureOf(gateway) : 0), 0),
    );
  }
}
