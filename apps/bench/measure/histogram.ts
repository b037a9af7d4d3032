const SUB_BUCKETS = 64;
const SUB_BITS = 6;
const US_PER_MS = 1000;
/** 2^37 µs is 38 hours: nothing a run could measure is beyond it. */
const BUCKETS = SUB_BUCKETS * 32;

/** Bucket of a whole number of microseconds: exact below 64, then 64 to each doubling. */
function bucketOf(us: number): number {
  if (us < SUB_BUCKETS) return us;
  const exponent = Math.floor(Math.log2(us)) - SUB_BITS;
  return Math.min(exponent * SUB_BUCKETS + Math.floor(us / 2 ** exponent), BUCKETS - 1);
}

/** The largest number that falls into the bucket. */
function upperEdgeOf(bucket: number): number {
  if (bucket < SUB_BUCKETS) return bucket;
  const exponent = Math.floor(bucket / SUB_BUCKETS) - 1;
  return ((bucket % SUB_BUCKETS) + SUB_BUCKETS + 1) * 2 ** exponent - 1;
}

/** Milliseconds, rounded to microseconds. */
export interface Percentiles {
  p50: number;
  p99: number;
  max: number;
}

/** Durations in buckets at most 1/64 wide (as HDR histograms do): a record costs no memory, a percentile errs by 1.6 %. */
export class Histogram {
  readonly #counts = new Float64Array(BUCKETS);
  #count = 0;
  #maxUs = 0;

  get count(): number {
    return this.#count;
  }

  recordMs(durationMs: number): void {
    const us = Math.max(0, Math.round(durationMs * US_PER_MS));
    const bucket = bucketOf(us);
    this.#counts[bucket] = (this.#counts[bucket] ?? 0) + 1;
    this.#count += 1;
    if (us > this.#maxUs) this.#maxUs = us;
  }

  /** The duration that the given part (0 to 1) of the records does not exceed; 0 when there are none. */
  quantileMs(quantile: number): number {
    const rank = Math.max(1, Math.ceil(quantile * this.#count));
    let seen = 0;
    for (let bucket = 0; bucket < BUCKETS; bucket++) {
      seen += this.#counts[bucket] ?? 0;
      if (seen >= rank) return Math.min(upperEdgeOf(bucket), this.#maxUs) / US_PER_MS;
    }
    return this.#maxUs / US_PER_MS;
  }

  percentiles(): Percentiles {
    return { p50: this.quantileMs(0.5), p99: this.quantileMs(0.99), max: this.#maxUs / US_PER_MS };
  }
}
