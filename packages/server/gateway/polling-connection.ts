import type { Clock } from '@hongyan/core';
import type { Connection } from './connection.ts';
import { Downlink } from './polling-downlink.ts';

/** A request that finds nothing waits this long; proxies give up after 30 s at the earliest. */
export const POLL_WAIT_MS = 25_000;
/** A client that asks for nothing this long is gone. */
export const POLL_ABSENCE_MS = 60_000;
/** How long the last frames of an ended connection are kept for its client. */
export const POLL_LINGER_MS = 15_000;

/** What a request for frames is answered. */
export type Fetched =
  | { kind: 'frames'; bytes: Uint8Array }
  /** Nothing came in time; the client asks for the same number again. */
  | { kind: 'nothing' }
  /** Not the number whose turn it is, or a later request took this one's place. */
  | { kind: 'out-of-order' }
  | { kind: 'gone' };

export interface PollingHooks {
  /** The client has asked for nothing too long. */
  absent(): void;
  /** The connection has ended and its client has everything, or did not come for it. */
  forget(): void;
}

/** A connection whose client comes for its frames, one request at a time. */
export class PollingConnection implements Connection {
  readonly #clock: Clock;
  readonly #hooks: PollingHooks;
  readonly #downlink = new Downlink();
  #waiting: { n: number; answer: (fetched: Fetched) => void } | undefined;
  #ended = false;
  #cancelTimer: () => void;

  constructor(clock: Clock, hooks: PollingHooks) {
    this.#clock = clock;
    this.#hooks = hooks;
    this.#cancelTimer = clock.schedule(POLL_ABSENCE_MS, () => hooks.absent());
  }

  get bufferedBytes(): number {
    return this.#downlink.bytes;
  }

  write(frames: Uint8Array): void {
    if (this.#ended) return;
    this.#downlink.push(frames);
    const waiting = this.#waiting;
    if (waiting === undefined) return;
    const bytes = this.#downlink.ask(waiting.n);
    if (bytes instanceof Uint8Array) this.#answer({ kind: 'frames', bytes });
  }

  close(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#downlink.end();
    this.#answer({ kind: 'gone' });
    this.#schedule(POLL_LINGER_MS, () => this.#hooks.forget());
  }

  /** The answer with number `n`, as soon as there is something in it. Aborting `signal` says that nobody waits any more. */
  fetch(n: number, signal: AbortSignal): Promise<Fetched> {
    const bytes = this.#downlink.ask(n);
    if (bytes === 'out-of-order') return Promise.resolve({ kind: 'out-of-order' });
    this.#answer({ kind: 'out-of-order' });
    if (bytes !== undefined) {
      this.#expectRequest();
      return Promise.resolve({ kind: 'frames', bytes });
    }
    if (this.#ended) {
      this.release();
      this.#hooks.forget();
      return Promise.resolve({ kind: 'gone' });
    }
    return this.#wait(n, signal);
  }

  /** What the first request would be answered; empty when there is nothing. */
  firstAnswer(): Uint8Array {
    const bytes = this.#downlink.ask(1);
    return bytes instanceof Uint8Array ? bytes : new Uint8Array(0);
  }

  /** Lets go of the timer: nobody will ask any more. */
  release(): void {
    this.#ended = true;
    this.#answer({ kind: 'gone' });
    this.#cancelTimer();
  }

  #wait(n: number, signal: AbortSignal): Promise<Fetched> {
    return new Promise((resolve) => {
      const waiting = {
        n,
        answer(fetched: Fetched) {
          signal.removeEventListener('abort', abandon);
          resolve(fetched);
        },
      };
      const abandon = () => {
        if (this.#waiting === waiting) this.#answer({ kind: 'nothing' });
      };
      this.#waiting = waiting;
      this.#schedule(POLL_WAIT_MS, () => this.#answer({ kind: 'nothing' }));
      signal.addEventListener('abort', abandon);
      if (signal.aborted) abandon();
    });
  }

  #answer(fetched: Fetched): void {
    const waiting = this.#waiting;
    if (waiting === undefined) return;
    this.#waiting = undefined;
    this.#expectRequest();
    waiting.answer(fetched);
  }

  /** An ended connection's time runs from its end, whoever asks. */
  #expectRequest(): void {
    if (!this.#ended) this.#schedule(POLL_ABSENCE_MS, () => this.#hooks.absent());
  }

  #schedule(delayMs: number, task: () => void): void {
    this.#cancelTimer();
    this.#cancelTimer = this.#clock.schedule(delayMs, task);
  }
}
