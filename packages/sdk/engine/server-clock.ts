/** One question to the server and its answer: the server's time lies between the two moments of the device's clock. */
export interface RoundTrip {
  sentAtMs: number;
  receivedAtMs: number;
  serverTimeMs: number;
}

interface Sample {
  offsetMs: number;
  /** The offset is wrong by no more than this. */
  errorMs: number;
  takenAtMs: number;
}

const SAMPLES_MAX = 16;
/** How far two clocks drift apart. */
const DRIFT_MAX = 200e-6;
/** Clocks are put right by less than this without anybody setting them. */
const STEP_MAX_MS = 1_000;

/**
 * CON-7: the server's clock as this device estimates it. Of the last round trips the one counts whose error (half of the
 * round trip, and what may have drifted since) is the least. A sample that an older one contradicts means that the
 * device's clock was set in between, so the older ones are forgotten.
 */
export class ServerClock {
  #samples: Sample[] = [];
  #latestMs = 0;

  /** A round trip of a command whose answer states the server's time as of answering it. */
  observe({ sentAtMs, receivedAtMs, serverTimeMs }: RoundTrip): void {
    const sample = sampleOf({ sentAtMs, receivedAtMs, serverTimeMs });
    if (!sample) return;
    this.#notice(receivedAtMs);
    const agreeing = this.#samples.filter((known) => agree(known, sample));
    this.#samples = [...agreeing, sample].slice(-SAMPLES_MAX);
  }

  /** Likewise, but the stated time may be that of an earlier try: it counts only where it agrees with what is known. */
  observeDoubtful(roundTrip: RoundTrip): void {
    const sample = sampleOf(roundTrip);
    const best = this.#best(roundTrip.receivedAtMs);
    if (sample && best && agree(best, sample)) this.observe(roundTrip);
  }

  /** The server's time when the device's clock shows `nowMs`; the device's own until something is known. */
  at(nowMs: number): number {
    this.#notice(nowMs);
    return Math.round(nowMs + (this.#best(nowMs)?.offsetMs ?? 0));
  }

  /** How wrong `at` may be; undefined while nothing is known. */
  errorMs(nowMs: number): number | undefined {
    const best = this.#best(nowMs);
    return best && uncertainty(best, nowMs);
  }

  /** A clock that goes back was set by somebody: what was known of it says nothing any more. */
  #notice(nowMs: number): void {
    if (nowMs < this.#latestMs - STEP_MAX_MS) this.#samples = [];
    this.#latestMs = nowMs;
  }

  #best(nowMs: number): Sample | undefined {
    let best: Sample | undefined;
    for (const sample of this.#samples) {
      if (!best || uncertainty(sample, nowMs) <= uncertainty(best, nowMs)) best = sample;
    }
    return best;
  }
}

function sampleOf({ sentAtMs, receivedAtMs, serverTimeMs }: RoundTrip): Sample | undefined {
  const roundTripMs = receivedAtMs - sentAtMs;
  if (roundTripMs < 0 || serverTimeMs <= 0) return undefined;
  // Both clocks show whole milliseconds.
  const errorMs = roundTripMs / 2 + 1;
  return { offsetMs: serverTimeMs - (sentAtMs + receivedAtMs) / 2, errorMs, takenAtMs: receivedAtMs };
}

const uncertainty = ({ errorMs, takenAtMs }: Sample, nowMs: number) =>
  errorMs + Math.max(0, nowMs - takenAtMs) * DRIFT_MAX;

const agree = (a: Sample, b: Sample) =>
  Math.abs(a.offsetMs - b.offsetMs) <= a.errorMs + b.errorMs + Math.abs(a.takenAtMs - b.takenAtMs) * DRIFT_MAX;
