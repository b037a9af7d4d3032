import { type Broker, type Clock, nodeFor } from '@hongyan/core';
import { ErrorCode, idHash, ProtocolError } from '@hongyan/protocol';
import { decodeAnswerBatch, encodeRequest, type Request, Role } from '@hongyan/protocol/cluster';
import type { Roster } from '../cluster/roster.ts';
import type { Subjects } from '../cluster/subjects.ts';
import { BatchNumbers } from './batch-numbers.ts';
import { Link } from './link.ts';
import type { PendingRequest } from './pending.ts';

const SWEEP_INTERVAL_MS = 500;
/** When nothing was heard of a request for so long, it is found out whether its node is there. */
const PROBE_AFTER_MS = 250;
/** A request that nothing was heard of for so long is sent again: it, or its answer, may be lost. */
const REPOST_AFTER_MS = 3_000;
/** Requests that wait for a node with logic. */
const HOMELESS_MAX = 50_000;
const RETRY_AFTER_MS = 1_000;

export interface RelayParts {
  gatewayId: string;
  broker: Broker;
  subjects: Subjects;
  roster: Roster;
  clock: Clock;
  /** Runs a task once the present turn's work is done. */
  defer: (task: () => void) => void;
  /** A node died that may have forgotten what these sessions' devices stated (RCP-6). */
  onForgotten: (sessionIds: ReadonlySet<string>) => void;
}

export type Question = Omit<PendingRequest, 'id' | 'encoded'> & { request: Request };

/**
 * Carries what sessions ask to the nodes with logic. Each key has its node (rendezvous), so that a conversation's state is in
 * one memory; nothing depends on it. What a node has not answered when it goes is asked of another one: every request may be
 * carried out more than once.
 */
export class Relay {
  readonly #parts: RelayParts;
  readonly #batchNumbers = new BatchNumbers();
  readonly #links = new Map<string, Link>();
  /** Those that get what is new. */
  #serving: Link[] = [];
  /** Where the unanswered ordered requests of a key are, and how many: what comes behind them goes there, too. */
  readonly #busy = new Map<number, { link: Link; count: number }>();
  /** In their order; none while there is a node with logic. */
  #homeless: PendingRequest[] = [];
  #lastId = 0;
  #isFlushing = false;
  readonly #ends: (() => void)[];
  #cancelSweep: () => void;

  constructor(parts: RelayParts) {
    this.#parts = parts;
    const { broker, subjects, roster, clock, gatewayId } = parts;
    this.#ends = [
      broker.subscribe(subjects.answers(gatewayId), (payload) => this.#answered(payload)),
      broker.onRestored(() => this.#repostAll()),
    ];
    roster.onChange(() => this.#rosterChanged());
    this.#cancelSweep = clock.schedule(SWEEP_INTERVAL_MS, () => this.#sweep());
    this.#rosterChanged();
  }

  /** Answers the request's id. */
  ask({ request, ...question }: Question): number {
    const id = ++this.#lastId;
    this.#post({ ...question, id, encoded: encodeRequest(request) });
    return id;
  }

  /** Says something about a request to the node that has it; nothing when it is answered, or its node is gone. */
  tell(ofId: number, request: Request): void {
    for (const link of this.#links.values()) {
      if (!link.has(ofId)) continue;
      link.tell(encodeRequest(request));
      this.#flushSoon();
    }
  }

  close(): void {
    for (const end of this.#ends) end();
    this.#cancelSweep();
  }

  #post(request: PendingRequest): void {
    const link = this.#linkFor(request);
    if (link !== undefined) {
      if (request.isOrdered) this.#busyWith(request.key, link);
      link.post(request);
      this.#flushSoon();
    } else if (this.#homeless.length < HOMELESS_MAX) {
      this.#homeless.push(request);
    } else {
      request.failed(new ProtocolError(ErrorCode.OVERLOADED, 'too much waits for a node with logic', RETRY_AFTER_MS));
    }
  }

  #linkFor({ key, isOrdered }: PendingRequest): Link | undefined {
    const busy = isOrdered ? this.#busy.get(key)?.link : undefined;
    return busy ?? nodeFor(key, this.#serving);
  }

  #busyWith(key: number, link: Link): void {
    const busy = this.#busy.get(key);
    if (busy === undefined) this.#busy.set(key, { link, count: 1 });
    else busy.count += 1;
  }

  #over({ key, isOrdered }: PendingRequest): void {
    const busy = isOrdered ? this.#busy.get(key) : undefined;
    if (busy === undefined) return;
    busy.count -= 1;
    if (busy.count === 0) this.#busy.delete(key);
  }

  #answered(payload: Uint8Array): void {
    const batch = decodeAnswerBatch(payload);
    this.#links.get(batch.logicId)?.answered(batch, (request) => this.#over(request));
  }

  #flushSoon(): void {
    if (this.#isFlushing) return;
    this.#isFlushing = true;
    this.#parts.defer(() => {
      this.#isFlushing = false;
      for (const link of this.#links.values()) if (link.hasUnsent) link.flush();
    });
  }

  #rosterChanged(): void {
    const { roster } = this.#parts;
    const serving = new Map(roster.serving(Role.LOGIC).map((node) => [node.nodeId, node]));
    for (const { nodeId, restored } of serving.values()) {
      if (!this.#links.has(nodeId)) this.#links.set(nodeId, this.#open(nodeId, restored));
    }
    this.#serving = [...this.#links.values()].filter(({ nodeId }) => serving.has(nodeId));
    // Also one that takes nothing new any more finishes what it has.
    for (const link of [...this.#links.values()]) {
      const node = roster.get(link.nodeId);
      if (node === undefined) this.#lost(link);
      else if (link.restored !== node.restored) {
        link.restored = node.restored;
        link.repost(this.#parts.clock.now());
      }
    }
    for (const request of this.#serving.length > 0 ? this.#homeless.splice(0) : []) this.#post(request);
    this.#flushSoon();
  }

  #open(nodeId: string, restored: number): Link {
    const { broker, subjects, roster, clock, gatewayId } = this.#parts;
    const address = broker.address(subjects.requests(nodeId), () => roster.forget(nodeId));
    const [hash, batchNumbers] = [idHash(nodeId), this.#batchNumbers];
    return new Link({ gatewayId, nodeId, hash, restored, address, batchNumbers, nowMs: () => clock.now() });
  }

  #lost(link: Link): void {
    this.#links.delete(link.nodeId);
    const { unanswered, unkept } = link.end();
    for (const request of unanswered) this.#over(request);
    for (const request of unanswered) this.#post(request);
    if (unkept.size > 0) this.#parts.onForgotten(unkept);
  }

  #repostAll(): void {
    const nowMs = this.#parts.clock.now();
    for (const link of this.#links.values()) link.repost(nowMs);
    this.#flushSoon();
  }

  #sweep(): void {
    const { clock } = this.#parts;
    const nowMs = clock.now();
    const homeless = this.#homeless.filter(({ givenUpMs }) => givenUpMs < nowMs);
    if (homeless.length > 0) this.#homeless = this.#homeless.filter(({ givenUpMs }) => givenUpMs >= nowMs);
    const posted = [...this.#links.values()].flatMap((link) => link.takeOverdue(nowMs));
    for (const request of posted) this.#over(request);
    for (const request of [...homeless, ...posted]) {
      request.failed(new ProtocolError(ErrorCode.DEADLINE_EXCEEDED, 'logic has not answered', RETRY_AFTER_MS));
    }
    for (const link of this.#links.values()) {
      link.repost(nowMs - REPOST_AFTER_MS);
      link.probe(nowMs - PROBE_AFTER_MS);
    }
    this.#flushSoon();
    this.#cancelSweep = clock.schedule(SWEEP_INTERVAL_MS, () => this.#sweep());
  }
}
