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
  batchNumbers: BatchNumbers;
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
    const { batchNumbers } = this.#parts;
    let batch: Posted[] = [];
    let bytes = 0;
    for (const { id, encoded, deadlineMs, statedBy } of requests) {
      if (bytes + encoded.length > BATCH_BYTES_MAX && batch.length > 0) {
        this.#send(batch);
        batch = [];
        bytes = 0;
      }
      if (statedBy !== '') this.#unkept.stated(statedBy, batchNumbers.next);
      batch.push({ id, remainingMs: Math.max(0, deadlineMs - nowMs), request: encoded });
      bytes += encoded.length;
    }
    if (batch.length > 0) this.#send(batch);
  }

  /** Takes the answers to requests that still wait, and tells which are over. */
  answered({ keptThrough, answers }: AnswerBatch, over: (request: PendingRequest) => void): void {
    const { batchNumbers } = this.#parts;
    this.#unkept.keptThrough(keptThrough);
    for (const { id, body } of answers) {
      const posted = this.#posted.get(id);
      if (posted === undefined || body === undefined) continue;
      posted.heardMs = this.#parts.nowMs();
      if (body.case === 'covered') this.#unkept.stated(posted.request.statedBy, batchNumbers.next);
      if (!posted.request.answered(body)) continue;
      this.#posted.delete(id);
      over(posted.request);
    }
  }

  /** Sends again what has not been answered since. It and what was not sent so far go in the order in which they were posted. */
  repost(unheardSinceMs: number): void {
    const nowMs = this.#parts.nowMs();
    const unsent = new Set(this.#unsent.map(({ id }) => id));
    const requests: PendingRequest[] = [];
    for (const posted of this.#posted.values()) {
      const { request } = posted;
      if (!unsent.has(request.id)) {
        if (posted.heardMs > unheardSinceMs) continue;
        posted.heardMs = nowMs;
      }
      requests.push(request);
    }
    this.#unsent = [...requests, ...this.#unsent.filter(({ id }) => !this.#posted.has(id))];
  }

  /** Sends nothing to the node if one of its answers is so late: if it is not there any more, the broker says so. */
  probe(unheardSinceMs: number): void {
    const isLate = [...this.#posted.values()].some(({ heardMs }) => heardMs <= unheardSinceMs);
    if (isLate && !this.hasUnsent) this.#send([]);
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
    const { gatewayId, address, batchNumbers } = this.#parts;
    address.send(
      encodeRequestBatch({ gatewayId, number: batchNumbers.take(), requests, heardRestored: this.restored + 1 }),
    );
  }
}
