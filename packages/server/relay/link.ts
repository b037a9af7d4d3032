import type { Address } from '@hongyan/core';
import { type AnswerBatch, encodeRequestBatch, type PostedRequest as Posted } from '@hongyan/protocol/cluster';
import type { BatchNumbers } from './batch-numbers.ts';
import type { PendingRequest, PostedRequest } from './pending.ts';
import { Unkept } from './unkept.ts';

/** A message to the broker; the largest request fits beside it. */
const BATCH_BYTES_MAX = 256 * 1024;

export interface LinkParts {
  gatewayId: string;
  nodeId: string;
  hash: number;
  /** How often the node's own connection to the others was made again. */
  restored: number;
  address: Address;
  /** Shared by all links of the gateway. */
  numbers: BatchNumbers;
  nowMs: () => number;
}

/** What one gateway asks of one node with logic: what waits to be sent, and what waits for an answer. */
export class Link {
  readonly nodeId: string;
  readonly hash: number;
  restored: number;
  readonly #parts: LinkParts;
  readonly #posted = new Map<number, PostedRequest>();
  readonly #unkept = new Unkept();
  #unsent: Pick<PendingRequest, 'id' | 'encoded' | 'deadlineMs' | 'statedBy'>[] = [];

  constructor(parts: LinkParts) {
    this.#parts = parts;
    this.nodeId = parts.nodeId;
    this.hash = parts.hash;
    this.restored = parts.restored;
  }

  get hasUnsent(): boolean {
    return this.#unsent.length > 0;
  }

  /** Whether it waits for an answer to this request. */
  has(requestId: number): boolean {
    return this.#posted.has(requestId);
  }

  post(request: PendingRequest): void {
    this.#posted.set(request.id, { request, heardMs: this.#parts.nowMs() });
    this.#unsent.push(request);
  }

  /** Takes an encoded request that needs no answer. */
  tell(encoded: Uint8Array): void {
    this.#unsent.push({ id: 0, encoded, deadlineMs: 0, statedBy: '' });
  }

  flush(): void {
    const requests = this.#unsent;
    this.#unsent = [];
    const nowMs = this.#parts.nowMs();
    let batch: Posted[] = [];
    let bytes = 0;
    for (const { id, encoded, deadlineMs, statedBy } of requests) {
      if (bytes + encoded.length > BATCH_BYTES_MAX && batch.length > 0) {
        this.#send(batch);
        batch = [];
        bytes = 0;
      }
      if (statedBy !== '') this.#unkept.stated(statedBy, this.#parts.numbers.next);
      batch.push({ id, remainingMs: Math.max(0, deadlineMs - nowMs), request: encoded });
      bytes += encoded.length;
    }
    if (batch.length > 0) this.#send(batch);
  }

  /** Takes the answers to requests that still wait, and tells which are over. */
  answered({ keptThrough, answers }: AnswerBatch, over: (request: PendingRequest) => void): void {
    this.#unkept.keptThrough(keptThrough);
    for (const { id, body } of answers) {
      const posted = this.#posted.get(id);
      if (posted === undefined || body === undefined) continue;
      posted.heardMs = this.#parts.nowMs();
      if (body.case === 'covered') this.#unkept.stated(posted.request.statedBy, this.#parts.numbers.next);
      if (!posted.request.answered(body)) continue;
      this.#posted.delete(id);
      over(posted.request);
    }
  }

  /** Sends again, in their order, what has not been answered since. */
  repost(unheardSinceMs: number): void {
    const nowMs = this.#parts.nowMs();
    for (const posted of this.#posted.values()) {
      if (posted.heardMs > unheardSinceMs) continue;
      posted.heardMs = nowMs;
      this.#unsent.push(posted.request);
    }
  }

  /** Takes out what nobody waits for any more. */
  takeOverdue(nowMs: number): PendingRequest[] {
    const overdue = [...this.#posted.values()].filter(({ request }) => request.givenUpMs < nowMs);
    for (const { request } of overdue) this.#posted.delete(request.id);
    return overdue.map(({ request }) => request);
  }

  /** The node is gone: what it has not answered, in its order, and the sessions whose positions it may have forgotten. */
  end(): { unanswered: PendingRequest[]; unkept: Set<string> } {
    this.#parts.address.close();
    const unanswered = [...this.#posted.values()].map(({ request }) => request);
    return { unanswered, unkept: this.#unkept.takeAll() };
  }

  #send(requests: Posted[]): void {
    const { gatewayId, address, numbers } = this.#parts;
    address.send(encodeRequestBatch({ gatewayId, number: numbers.take(), requests }));
  }
}
