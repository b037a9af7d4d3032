import { StoreError } from '@hongyan/core/ports';
import type { Outcome } from './carry-out.ts';

export interface Pending<Request, Answer> {
  readonly request: Request;
  readonly bytes: number;
  readonly askedAtMs: number;
  resolve(answer: Answer): void;
  reject(error: StoreError): void;
}

/** Requests in the order in which they were asked, bounded in number, bytes and time. */
export class WaitingLine<Request, Answer> {
  readonly #limits: { callsMax: number; bytesMax: number; waitMaxMs: number };
  #waiting: Pending<Request, Answer>[] = [];
  #underWay = 0;
  #bytes = 0;
  #expiry: NodeJS.Timeout | undefined;
  #emptied = Promise.withResolvers<undefined>();

  constructor(limits: { callsMax: number; bytesMax: number; waitMaxMs: number }) {
    this.#limits = limits;
  }

  get depth(): number {
    return this.#waiting.length + this.#underWay;
  }

  get isWaiting(): boolean {
    return this.#waiting.length > 0;
  }

  /** Resolves when those who wait now have all been refused for waiting too long. */
  get emptied(): Promise<undefined> {
    return this.#emptied.promise;
  }

  join(request: Request, bytes: number): Promise<Answer> {
    if (this.depth >= this.#limits.callsMax || this.#bytes + bytes > this.#limits.bytesMax) {
      return Promise.reject(new StoreError('unavailable', 'store-queue-full'));
    }
    this.#bytes += bytes;
    this.#expiry ??= setTimeout(() => this.#expire(), this.#limits.waitMaxMs);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ request, bytes, askedAtMs: performance.now(), resolve, reject });
    });
  }

  /** The first ones, within both bounds, but at least one. */
  take(callsMax: number, bytesMax: number): Pending<Request, Answer>[] {
    let bytes = 0;
    const past = this.#waiting.slice(0, callsMax + 1).findIndex((pending, at) => {
      bytes += pending.bytes;
      return at > 0 && (at === callsMax || bytes > bytesMax);
    });
    const taken = this.#waiting.splice(0, past === -1 ? this.#waiting.length : past);
    this.#underWay += taken.length;
    if (this.#waiting.length === 0) this.#stopTimer();
    return taken;
  }

  settle(pending: Pending<Request, Answer>, outcome: Outcome<Answer>): void {
    this.#underWay -= 1;
    this.#bytes -= pending.bytes;
    if (outcome.ok) pending.resolve(outcome.value);
    else pending.reject(outcome.error);
  }

  #expire(): void {
    const { waitMaxMs } = this.#limits;
    const oldestMs = performance.now() - waitMaxMs;
    const first = this.#waiting.findIndex(({ askedAtMs }) => askedAtMs > oldestMs);
    const expired = this.#waiting.splice(0, first === -1 ? this.#waiting.length : first);
    for (const { bytes, reject } of expired) {
      this.#bytes -= bytes;
      reject(new StoreError('unavailable', 'store-waited-too-long'));
    }
    this.#stopTimer();
    const next = this.#waiting[0];
    if (next !== undefined) {
      this.#expiry = setTimeout(() => this.#expire(), next.askedAtMs - oldestMs);
    } else {
      this.#emptied.resolve(undefined);
      this.#emptied = Promise.withResolvers();
    }
  }

  #stopTimer(): void {
    clearTimeout(this.#expiry);
    this.#expiry = undefined;
  }
}
