import type { Clock, Logger } from '@hongyan/core';
import type { Answer } from '@hongyan/protocol/cluster';
import { type Outcome, refusal } from '../logic/index.ts';
import type { GatewayPeer } from './gateway-peer.ts';

type AnswerBody = NonNullable<Answer['body']>;

export interface WorkParts {
  peer: GatewayPeer;
  /** Of the request. */
  id: number;
  deadlineMs: number;
  clock: Clock;
  logger: Logger;
  /** There is something to tell the gateway. */
  onAnswer: () => void;
  /** Called once, when it is over. */
  onEnd: () => void;
}

/** A gateway's request while it is carried out. */
export class Work implements Outcome {
  readonly #parts: WorkParts;
  readonly #ended = Promise.withResolvers<void>();

  constructor(parts: WorkParts) {
    this.#parts = parts;
    parts.peer.running.add(parts.id);
  }

  get id(): number {
    return this.#parts.id;
  }

  get peer(): GatewayPeer {
    return this.#parts.peer;
  }

  /** Resolves when it is over. */
  get ended(): Promise<void> {
    return this.#ended.promise;
  }

  get deadlineMs(): number {
    return this.#parts.deadlineMs;
  }

  get isOverdue(): boolean {
    return this.#parts.clock.now() >= this.#parts.deadlineMs;
  }

  get isAwaited(): boolean {
    return !this.isOverdue;
  }

  /** Says something, and goes on. */
  answer(body: AnswerBody): void {
    this.#parts.peer.answer(this.#parts.id, body);
    this.#parts.onAnswer();
  }

  /** Says the last thing. */
  finish(body: AnswerBody): void {
    this.#end();
    this.answer(body);
  }

  done(reply: Uint8Array | undefined): void {
    this.finish({ case: 'reply', value: reply ?? new Uint8Array(0) });
  }

  failed(error: unknown): void {
    const { code, message, retryAfterMs } = refusal(error, this.#parts.logger);
    this.finish({ case: 'error', value: { code, message, retryAfterMs } });
  }

  /** Ends with what `body` makes of the value; with the error when either fails. */
  settle<T>(promise: Promise<T>, body: (value: T) => AnswerBody): void {
    promise.then(body).then(
      (answer) => this.finish(answer),
      (error) => this.failed(error),
    );
  }

  #end(): void {
    const { peer, id, onEnd } = this.#parts;
    peer.running.delete(id);
    this.#ended.resolve();
    onEnd();
  }
}
