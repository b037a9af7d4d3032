import type { Worker } from 'node:worker_threads';
import { StoreError } from '@hongyan/core/ports';
import type { Outcome } from './calls.ts';

/** How a batch of calls and its answers cross threads. */
export interface BatchCodec<Call> {
  pack(calls: readonly Call[]): unknown;
  unpackAnswer(call: Call, answer: unknown): Outcome;
}

export interface QueueLimits {
  /** Calls waiting or under way; one more is refused with `unavailable`. */
  callsMax: number;
  /** Bytes of the bodies of those calls. */
  bytesMax: number;
  /** Calls that go to the thread together. */
  batchCallsMax: number;
  /** How long the thread may say nothing while it has a batch, or has to end, before it is given up as dead. */
  batchDeadlineMs: number;
}

interface Pending<Call> {
  call: Call;
  bytes: number;
  resolve(value: unknown): void;
  reject(error: StoreError): void;
}

type State =
  | { name: 'open' }
  | { name: 'closing'; exited: PromiseWithResolvers<void> }
  | { name: 'closed' }
  | { name: 'failed'; error: Error };

/** What the thread is told to end itself. */
export const CLOSE = 'close';

/**
 * Calls to one thread. One batch is under way at a time; what is asked meanwhile becomes the next batch, so the busier the
 * thread, the more its calls share. A thread may answer only the first calls of a batch; the others lead the next one, which
 * has a deadline of its own. When the thread dies or hangs, all calls reject with `unavailable` and `onFatal` is told.
 */
export class WorkerQueue<Call> {
  readonly #worker: Worker;
  readonly #codec: BatchCodec<Call>;
  readonly #limits: QueueLimits;
  readonly #onFatal: (error: Error) => void;
  #state: State = { name: 'open' };
  #waiting: Pending<Call>[] = [];
  #underWay: Pending<Call>[] = [];
  #bytes = 0;
  #flushScheduled = false;
  #deadline: NodeJS.Timeout | undefined;

  constructor(worker: Worker, codec: BatchCodec<Call>, limits: QueueLimits, onFatal: (error: Error) => void) {
    this.#worker = worker;
    this.#codec = codec;
    this.#limits = limits;
    this.#onFatal = onFatal;
    worker.on('message', (answers: unknown[]) => this.#settle(answers));
    worker.on('error', (error) => this.#fail(error instanceof Error ? error : new Error(String(error))));
    worker.on('exit', (code) => this.#exited(code));
  }

  /** Rejects with StoreError. `bytes` is what the call counts against `bytesMax`. */
  ask(call: Call, bytes = 0): Promise<unknown> {
    if (this.#state.name !== 'open') return Promise.reject(new StoreError('unavailable', `store-${this.#state.name}`));
    const { callsMax, bytesMax } = this.#limits;
    if (this.#waiting.length + this.#underWay.length >= callsMax || this.#bytes + bytes > bytesMax) {
      return Promise.reject(new StoreError('unavailable', 'store-queue-full'));
    }
    this.#bytes += bytes;
    const answer = new Promise<unknown>((resolve, reject) => {
      this.#waiting.push({ call, bytes, resolve, reject });
    });
    this.#scheduleFlush();
    return answer;
  }

  /** Refuses new calls, finishes the accepted ones and ends the thread. */
  close(): Promise<void> {
    if (this.#state.name === 'closing') return this.#state.exited.promise;
    if (this.#state.name !== 'open') return Promise.resolve();
    const exited = Promise.withResolvers<void>();
    this.#state = { name: 'closing', exited };
    this.#scheduleFlush();
    return exited.promise;
  }

  /** Gathers what the present turn of the event loop still asks for. */
  #scheduleFlush(): void {
    if (this.#flushScheduled || this.#underWay.length > 0) return;
    this.#flushScheduled = true;
    setImmediate(() => {
      this.#flushScheduled = false;
      this.#flush();
    });
  }

  #flush(): void {
    if (this.#state.name === 'closed' || this.#state.name === 'failed') return;
    const room = this.#limits.batchCallsMax - this.#underWay.length;
    this.#underWay.push(...this.#waiting.splice(0, room));
    if (this.#underWay.length > 0) {
      this.#post(this.#codec.pack(this.#underWay.map(({ call }) => call)));
    } else if (this.#state.name === 'closing') {
      this.#post(CLOSE);
    }
  }

  #post(message: unknown): void {
    this.#deadline = setTimeout(() => {
      this.#fail(new Error('the store thread does not answer'));
      void this.#worker.terminate();
    }, this.#limits.batchDeadlineMs);
    this.#worker.postMessage(message);
  }

  #settle(answers: unknown[]): void {
    clearTimeout(this.#deadline);
    const answered = this.#underWay.splice(0, answers.length);
    answered.forEach(({ call, bytes, resolve, reject }, at) => {
      this.#bytes -= bytes;
      const outcome = this.#codec.unpackAnswer(call, answers[at]);
      if (outcome.ok) resolve(outcome.value);
      else reject(new StoreError(outcome.kind, outcome.reason));
    });
    this.#flush();
  }

  #exited(code: number): void {
    if (this.#state.name !== 'closing' || this.#underWay.length > 0) {
      this.#fail(new Error(`the store thread ended with code ${code}`));
      return;
    }
    clearTimeout(this.#deadline);
    const { exited } = this.#state;
    this.#state = { name: 'closed' };
    exited.resolve();
  }

  #fail(error: Error): void {
    if (this.#state.name === 'failed' || this.#state.name === 'closed') return;
    clearTimeout(this.#deadline);
    const before = this.#state;
    this.#state = { name: 'failed', error };
    const lost = [...this.#underWay, ...this.#waiting];
    this.#underWay = [];
    this.#waiting = [];
    for (const { reject } of lost) reject(new StoreError('unavailable', 'store-failed', { cause: error }));
    if (before.name === 'closing')
      before.exited.reject(new StoreError('unavailable', 'store-failed', { cause: error }));
    this.#onFatal(error);
  }
}
