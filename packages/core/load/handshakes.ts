import { ReturnTimes } from './return-times.ts';
import { type Rate, TokenBucket } from './token-bucket.ts';

/**
 * What part of a handshake is asked for. Going on with a session (`resumption`) reads nothing from the store, so it takes a
 * quarter; `rest` is what is missing when it turns out to be a whole one.
 */
export type HandshakePart = 'whole' | 'resumption' | 'rest';

const TOKENS: Record<HandshakePart, number> = { whole: 1, resumption: 0.25, rest: 0.75 };
/** The part of the rate at which the turned away are asked back; the rest is for those who come by themselves. */
const RETURNING_SHARE = 0.8;

export type HandshakeVerdict = { admitted: true } | { admitted: false; retryAfterMs: number };

const ADMITTED: HandshakeVerdict = { admitted: true };

/** Decides who may sign in now, and when the others come back (LOD-2, LOD-3). */
export class Handshakes {
  readonly #bucket: TokenBucket;
  readonly #returnTimes: ReturnTimes;
  #refused = 0;

  constructor(rate: Rate, nowMs: number) {
    this.#bucket = new TokenBucket(rate, nowMs);
    this.#returnTimes = new ReturnTimes(rate.perSecond * RETURNING_SHARE);
  }

  get refused(): number {
    return this.#refused;
  }

  /** `random` gives numbers in [0, 1); asked only when it is needed. */
  ask(part: HandshakePart, nowMs: number, random: () => number): HandshakeVerdict {
    return this.#bucket.take(TOKENS[part], nowMs) ? ADMITTED : this.refuse(nowMs, random);
  }

  /** What was asked for was of no use, and is there for others. */
  giveBack(part: HandshakePart): void {
    this.#bucket.giveBack(TOKENS[part]);
  }

  /** Turns somebody away for another reason than the rate. */
  refuse(nowMs: number, random: () => number): HandshakeVerdict {
    this.#refused += 1;
    return { admitted: false, retryAfterMs: this.#returnTimes.next(nowMs, random()) };
  }
}
