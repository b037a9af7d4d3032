import type { Authenticator, Broker, Clock, Logger } from '@hongyan/core';
import { type Command, type DeviceId, ErrorCode, type Holdings, ProtocolError } from '@hongyan/protocol';
import { decodeRequest, decodeRequestBatch, type PostedRequest, type Request } from '@hongyan/protocol/cluster';
import type { Announcer } from '../cluster/announcer.ts';
import type { Roster } from '../cluster/roster.ts';
import type { Subjects } from '../cluster/subjects.ts';
import type { Caller, RunningLogic } from '../logic/index.ts';
import { GatewayPeer } from './gateway-peer.ts';
import { isForLogic, isOrdered } from './logic-commands.ts';
import { RemoteTarget } from './remote-target.ts';
import { Work } from './work.ts';

/** Requests of all gateways that are being carried out. */
const RUNNING_MAX = 100_000;
const RETRY_AFTER_MS = 1_000;

export interface LogicServiceParts {
  nodeId: string;
  broker: Broker;
  subjects: Subjects;
  roster: Roster;
  announcer: Pick<Announcer, 'restoredCount'>;
  logic: RunningLogic;
  authenticator: Authenticator;
  /** Which of these devices are signed out. */
  signedOut: (deviceIds: readonly DeviceId[]) => Promise<readonly DeviceId[]>;
  clock: Clock;
  logger: Logger;
  /** Runs a task once the present turn's work is done. */
  defer: (task: () => void) => void;
}

/** Carries out what gateways on other nodes ask. */
export class LogicService {
  readonly #parts: LogicServiceParts;
  readonly #peers = new Map<string, GatewayPeer>();
  readonly #end: () => void;
  #running = 0;
  #isFlushing = false;
  #onIdle: (() => void) | undefined;

  constructor(parts: LogicServiceParts) {
    this.#parts = parts;
    const { broker, subjects, nodeId, roster } = parts;
    roster.onChange(() => this.#forgetGone());
    this.#end = broker.subscribe(subjects.requests(nodeId), (payload) => this.#take(payload));
  }

  /** Resolves when all that was asked is answered. What is asked now is still taken. */
  async drain(): Promise<void> {
    if (this.#running === 0) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#onIdle = resolve;
    await promise;
  }

  /** Says what is left to say, and listens no more. */
  close(): void {
    this.#end();
    for (const peer of this.#peers.values()) {
      peer.flush();
      peer.end();
    }
    this.#peers.clear();
  }

  #take(payload: Uint8Array): void {
    const { gatewayId, number, requests, heardRestored } = decodeRequestBatch(payload);
    const isBehind = heardRestored > 0 && heardRestored <= this.#parts.announcer.restoredCount;
    const peer = this.#peers.get(gatewayId) ?? this.#meet(gatewayId);
    peer.took(
      number,
      requests.flatMap((posted) => this.#begin(peer, posted, isBehind) ?? []),
    );
  }

  #meet(gatewayId: string): GatewayPeer {
    const { broker, subjects, nodeId } = this.#parts;
    const address = broker.address(subjects.answers(gatewayId), () => {
      this.#peers.delete(gatewayId);
      peer.end();
    });
    const keeping = { kept: () => this.#parts.logic.kept(), onKept: () => this.#flushSoon() };
    const peer = new GatewayPeer(nodeId, address, keeping);
    this.#peers.set(gatewayId, peer);
    return peer;
  }

  /** Those that are gone, and have nothing more to be answered. */
  #forgetGone(): void {
    for (const [gatewayId, peer] of this.#peers) {
      if (peer.running.size > 0 || this.#parts.roster.get(gatewayId) !== undefined) continue;
      peer.end();
      this.#peers.delete(gatewayId);
    }
  }

  /**
   * Answers the work if a device states its positions by it. A gateway that `isBehind` has not heard yet that this node was cut
   * off: what has an order comes again from it, behind what was lost.
   */
  #begin(peer: GatewayPeer, { id, remainingMs, request }: PostedRequest, isBehind: boolean): Work | undefined {
    const { caller, body } = decodeRequest(request);
    if (body === undefined) return undefined;
    if (body.case === 'positions') peer.syncs.get(body.value.synchroniseId)?.stated(body.value.stated?.positions ?? []);
    else if (body.case === 'ended') peer.syncs.get(body.value.synchroniseId)?.end();
    else if (isBehind && body.case === 'command' && isOrdered(body.value.body)) return undefined;
    // It comes again while it is being carried out, because nothing was heard of it so far.
    else if (!peer.running.has(id)) return this.#run(this.#work(peer, id, remainingMs), caller, body);
    return undefined;
  }

  #work(peer: GatewayPeer, id: number, remainingMs: number): Work {
    const { clock, logger } = this.#parts;
    this.#running += 1;
    return new Work({
      peer,
      id,
      deadlineMs: clock.now() + remainingMs,
      clock,
      logger,
      onAnswer: () => this.#flushSoon(),
      onEnd: () => {
        this.#running -= 1;
        if (this.#running === 0) this.#onIdle?.();
      },
    });
  }

  #run(work: Work, caller: Caller | undefined, body: NonNullable<Request['body']>): Work | undefined {
    const { logic, authenticator, signedOut } = this.#parts;
    if (this.#running > RUNNING_MAX) {
      work.failed(new ProtocolError(ErrorCode.OVERLOADED, 'logic has too much to do', RETRY_AFTER_MS));
    } else if (body.case === 'authenticate') {
      work.settle(authenticator.authenticate(body.value), (identity) => ({
        case: 'identity',
        value: identity ?? { userId: '', deviceId: '' },
      }));
    } else if (body.case === 'signedIn') {
      work.settle(signedOut(body.value.deviceIds), (deviceIds) => ({
        case: 'signedOut',
        value: { deviceIds: [...deviceIds] },
      }));
    } else if (body.case === 'left') {
      logic.left(body.value.userIds, body.value.seenMs);
      work.done(undefined);
    } else if (caller === undefined) {
      work.failed(new ProtocolError(ErrorCode.INVALID_ARGUMENT, 'nobody asks'));
    } else if (body.case === 'command') {
      return this.#command(work, caller, body.value);
    } else if (body.case === 'synchronise') {
      this.#synchronise(work, caller, body.value);
    } else if (body.case === 'compare') {
      work.settle(logic.differs(caller, body.value), (value) => ({ case: 'differs', value }));
    } else if (body.case === 'see') {
      work.settle(logic.see(caller, body.value), (value) => ({ case: 'sight', value }));
    } else if (body.case === 'restate') {
      logic.restate(caller, body.value.positions);
      work.done(undefined);
    } else {
      work.failed(new ProtocolError(ErrorCode.UNKNOWN_COMMAND, 'nothing that this node knows'));
    }
    return undefined;
  }

  #command(work: Work, caller: Caller, { id, body }: Command): Work | undefined {
    if (!isForLogic(body)) {
      work.failed(new ProtocolError(ErrorCode.UNKNOWN_COMMAND, 'nothing that logic does'));
      return undefined;
    }
    this.#parts.logic.run(caller, { id, body }, work);
    return body.case === 'advanceCursor' ? work : undefined;
  }

  #synchronise(work: Work, caller: Caller, holdings: Holdings): void {
    const { syncs } = work.peer;
    const target = new RemoteTarget(this.#parts.clock, (answer) => work.answer(answer));
    syncs.set(work.id, target);
    const covered = this.#parts.logic.synchronise(caller, holdings, target).finally(() => syncs.delete(work.id));
    work.settle(covered, (value) => {
      if (value !== undefined) return { case: 'covered', value };
      throw new ProtocolError(ErrorCode.UNAVAILABLE, 'the session ended before all was said', RETRY_AFTER_MS);
    });
  }

  #flushSoon(): void {
    if (this.#isFlushing) return;
    this.#isFlushing = true;
    this.#parts.defer(() => {
      this.#isFlushing = false;
      for (const peer of this.#peers.values()) if (peer.hasSomethingToSay) peer.flush();
    });
  }
}
