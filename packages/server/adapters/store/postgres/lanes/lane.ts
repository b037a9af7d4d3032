import { StoreError } from '@hongyan/core/ports';
import type { Connection } from '../wire/connection.ts';
import { carryOut, type Outcome, type Work } from './carry-out.ts';
import type { Link } from './link.ts';
import { WaitingLine } from './waiting-line.ts';

export interface LaneLimits {
  /** Requests waiting or under way; one more is refused with `unavailable`. */
  callsMax: number;
  /** Bytes of those requests. */
  bytesMax: number;
  /** Requests that share a transaction. */
  batchCallsMax: number;
  batchBytesMax: number;
  /** How long a request waits for its turn, or for a database that is away, before it is refused with `unavailable`. */
  waitMaxMs: number;
}

/**
 * Requests that share one connection. One batch is under way at a time; what is asked meanwhile becomes the next one, so the
 * busier the database, the more its commits share.
 */
export class Lane<Request, Answer> {
  readonly #link: Link;
  readonly #work: Work<Request, Answer>;
  readonly #limits: LaneLimits;
  readonly #line: WaitingLine<Request, Answer>;
  #running: Promise<void> | undefined;
  #closed = false;

  constructor(link: Link, work: Work<Request, Answer>, limits: LaneLimits) {
    this.#link = link;
    this.#work = work;
    this.#limits = limits;
    this.#line = new WaitingLine(limits);
  }

  /** Requests waiting or under way. */
  get depth(): number {
    return this.#line.depth;
  }

  /** Rejects with StoreError. `bytes` is what the request counts against `bytesMax`. */
  ask(request: Request, bytes = 0): Promise<Answer> {
    if (this.#closed) return Promise.reject(new StoreError('unavailable', 'store-closed'));
    const answer = this.#line.join(request, bytes);
    this.#running ??= this.#runSoon();
    return answer;
  }

  /** Refuses new requests, finishes the accepted ones and closes the connection. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#running;
    await this.#link.close();
  }

  /** Gathers what the present turn of the event loop still asks for, then goes on as long as somebody waits. */
  async #runSoon(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    while (this.#line.isWaiting) {
      const connection = this.#link.current ?? (await this.#connect());
      if (connection !== undefined) await this.#runBatch(connection);
    }
    this.#running = undefined;
  }

  /** Undefined when nobody waits any longer. */
  async #connect(): Promise<Connection | undefined> {
    return Promise.race([this.#link.connection(), this.#line.emptied]);
  }

  async #runBatch(connection: Connection): Promise<void> {
    const { batchCallsMax, batchBytesMax } = this.#limits;
    const batch = this.#line.take(batchCallsMax, batchBytesMax);
    const outcomes = await carryOut(
      connection,
      this.#work,
      batch.map(({ request }) => request),
    );
    for (const [at, pending] of batch.entries()) this.#line.settle(pending, outcomes[at] ?? missing);
  }
}

const missing: Outcome<never> = { ok: false, error: new StoreError('unavailable', 'no-answer') };
