import type { FailureReason } from '../failures.ts';
import { SdkError, type SdkErrorCode } from '../types.ts';

interface Unanswered {
  requestId: number;
  code: SdkErrorCode;
  reason: string;
  /** By the server. */
  said?: FailureReason;
}

/** Those who wait for an answer of the engine, by the id of their request. */
export class PendingAnswers<T> {
  readonly #waiting = new Map<number, { resolve: (answer: T) => void; reject: (error: SdkError) => void }>();
  #lastRequestId = 0;

  ask(ask: (requestId: number) => void): Promise<T> {
    this.#lastRequestId += 1;
    const requestId = this.#lastRequestId;
    return new Promise((resolve, reject) => {
      this.#waiting.set(requestId, { resolve, reject });
      ask(requestId);
    });
  }

  answered(requestId: number, answer: T): void {
    this.#waiting.get(requestId)?.resolve(answer);
    this.#waiting.delete(requestId);
  }

  failed({ requestId, code, reason, said }: Unanswered): void {
    this.#waiting.get(requestId)?.reject(new SdkError(code, reason, { reason: said }));
    this.#waiting.delete(requestId);
  }

  abandonAll(reason: string): void {
    for (const requestId of [...this.#waiting.keys()]) this.failed({ requestId, code: 'signed-out', reason });
  }
}
