import { ReturnTimes } from './return-times.ts';
import { type Rate, TokenBucket } from './token-bucket.ts';

/** Going on with a session reads nothing from the store, so it takes this part of what a whole handshake takes. */
const RESUME_TOKENS = 0.25;
/** The part of the rate at which the turned away are asked back; the rest is for those who come by themselves. */
const RETURNING_SHARE = 0.8;

export type HandshakeVerdict = { admitted: true } | { admitted: false; retryAfterMs: number };

const ADMITTED: HandshakeVerdict = { admitted: true };

/** Decides who may sign in now, and when the others come back (LOD-2, LOD-3). */
export class Handshakes {
  readonly #bucket: TokenBucket;
  readonly #returnTimes: ReturnTimes;
  #admitted = 0;
  #refused = 0;

  constructor(rate: Rate, nowMs: number) {
    this.#bucket = new TokenBucket(rate, nowMs);
    this.#returnTimes = new ReturnTimes(rate.perSecond * RETURNING_SHARE);
  }

  get admitted(): number {
    return this.#admitted;
  }

  get refused(): number {
    return this.#refused;
  }

  /** `random` gives numbers in [0, 1); asked only when it is needed. */
  ask({ resuming }: { resuming: boolean }, nowMs: number, random: () => number): HandshakeVerdict {
    if (!this.#bucket.take(resuming ? RESUME_TOKENS : 1, nowMs)) return this.refuse(nowMs, random);
    this.#admitted += 1;
    return ADMITTED;
  }

  /** Turns somebody away for another reason than the rate. */
  refuse(nowMs: number, random: () => number): HandshakeVerdict {
    this.#refused += 1;
    return { admitted: false, retryAfterMs: this.#returnTimes.next(nowMs, random()) };
  }
}
